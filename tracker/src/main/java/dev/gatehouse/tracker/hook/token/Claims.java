package dev.gatehouse.tracker.hook.token;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.gatehouse.tracker.config.HookConfig.Jwt;
import dev.gatehouse.wire.Bytes;
import dev.gatehouse.wire.tracker.InfoHash;
import java.text.ParseException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a token says, once its signature is known to be right. */
record Claims(JWTClaimsSet all, Jwt expected) {

  private static final String INFO_HASH = "infohash";
  private static final String INFO_HASHES = "infohashes";

  /** Whether the token is for us, from the right issuer, and of this time. */
  boolean areValid(Instant now) {
    Date end = all.getExpirationTime();
    Date begin = all.getNotBeforeTime();
    return (end == null || now.isBefore(end.toInstant().plus(expected.leeway())))
        && (begin == null || !now.isBefore(begin.toInstant().minus(expected.leeway())))
        && expected.issuer().equals(all.getIssuer())
        && all.getAudience().contains(expected.audience());
  }

  /** Whether the token names that torrent. */
  boolean allow(InfoHash torrent) throws ParseException {
    return hash(all.getStringClaim(INFO_HASH))
        .filter(named -> named.truncated().equals(torrent.truncated()))
        .isPresent();
  }

  /** Whether the token names these torrents and no others. */
  boolean allow(List<InfoHash> torrents) throws ParseException {
    List<String> texts = all.getStringListClaim(INFO_HASHES);
    List<InfoHash> named = new ArrayList<>();
    for (String text : texts == null ? List.<String>of() : texts) {
      hash(text).map(InfoHash::truncated).ifPresent(named::add);
    }
    return named.size() == torrents.size()
        && torrents.stream().map(InfoHash::truncated).allMatch(named::contains);
  }

  /** Hexadecimal, or one character a byte. */
  private static Optional<InfoHash> hash(@Nullable String text) {
    return text == null ? Optional.empty() : InfoHash.parse(Bytes.of(text.getBytes(ISO_8859_1)));
  }
}
