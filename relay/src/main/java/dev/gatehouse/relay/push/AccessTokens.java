package dev.gatehouse.relay.push;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.kernel.time.Ticker;
import java.io.IOException;
import java.net.URLEncoder;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Access to the push service, granted for a signed claim (<a
 * href="https://datatracker.ietf.org/doc/html/rfc7523">RFC 7523</a>) and kept until shortly before
 * it ends; whoever needs a new one waits for the one who fetches it.
 */
final class AccessTokens {

  private static final String SCOPE = "https://www.googleapis.com/auth/firebase.messaging";
  private static final String GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer";
  private static final Duration CLAIM_LIFE = Duration.ofHours(1);

  /** Before the end, so that a token does not end on its way. */
  private static final Duration MARGIN = Duration.ofSeconds(60);

  private static final Pattern LIFE = Pattern.compile("\"expires_in\"\\s*:\\s*([0-9]{1,6})\\b");

  private final ServiceAccount account;
  private final Https https;
  private final Ticker ticker;
  private final ReentrantLock fetching = new ReentrantLock();
  private @Nullable Grant present;

  private record Grant(String token, long untilNanos) {}

  AccessTokens(ServiceAccount account, Https https, Ticker ticker) {
    this.account = account;
    this.https = https;
    this.ticker = ticker;
  }

  /** A token; empty if none was granted. */
  Optional<String> token() throws InterruptedException {
    fetching.lockInterruptibly();
    try {
      Grant known = present;
      if (known == null || known.untilNanos() - ticker.nanos() <= 0) {
        known = fetch().orElse(null);
        present = known;
      }
      return Optional.ofNullable(known).map(Grant::token);
    } finally {
      fetching.unlock();
    }
  }

  private Optional<Grant> fetch() throws InterruptedException {
    try {
      String form = "grant_type=" + encoded(GRANT) + "&assertion=" + encoded(assertion());
      Https.Reply reply =
          https.post(
              account.tokenUri(),
              Map.of("content-type", "application/x-www-form-urlencoded"),
              form);
      return reply.isSuccess() ? granted(reply.body()) : Optional.empty();
    } catch (IOException | GeneralSecurityException _) {
      return Optional.empty();
    }
  }

  private Optional<Grant> granted(String body) {
    String token = JsonTexts.topLevel(body).getOrDefault("access_token", "");
    Matcher life = LIFE.matcher(body);
    if (token.isEmpty() || !life.find()) {
      return Optional.empty();
    }
    Duration usable = Duration.ofSeconds(Long.parseLong(life.group(1))).minus(MARGIN);
    return Optional.of(new Grant(token, ticker.nanos() + usable.toNanos()));
  }

  private String assertion() throws GeneralSecurityException {
    Instant now = ticker.now();
    String claims =
        "{\"iss\":\"%s\",\"scope\":\"%s\",\"aud\":\"%s\",\"iat\":%d,\"exp\":%d}"
            .formatted(
                quoted(account.clientEmail()),
                SCOPE,
                quoted(account.tokenUri().toString()),
                now.getEpochSecond(),
                now.plus(CLAIM_LIFE).getEpochSecond());
    String signed = base64("{\"alg\":\"RS256\",\"typ\":\"JWT\"}") + '.' + base64(claims);
    Signature signature = Signature.getInstance("SHA256withRSA");
    signature.initSign(account.key());
    signature.update(signed.getBytes(US_ASCII));
    return signed + '.' + Base64.getUrlEncoder().withoutPadding().encodeToString(signature.sign());
  }

  private static String quoted(String text) {
    return text.replace("\\", "\\\\").replace("\"", "\\\"");
  }

  private static String base64(String text) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(UTF_8));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, UTF_8);
  }
}
