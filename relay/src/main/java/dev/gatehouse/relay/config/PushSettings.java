package dev.gatehouse.relay.config;

import dev.gatehouse.config.Section;
import dev.gatehouse.config.value.Secret;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The table {@code [relay.push]}.
 *
 * @param credentials the key of a service account; empty: devices are not woken
 * @param project empty: the one that the key names
 * @param burst wakes of one server-id at once
 * @param refill until one more is sent
 * @param timeout for each request
 */
public record PushSettings(
    Optional<Secret> credentials,
    Optional<String> project,
    URI endpoint,
    int burst,
    Duration refill,
    int maxInFlight,
    Duration timeout) {

  /** What may be an endpoint. */
  static final String ENDPOINT = "an https URL, or an http URL of loopback";

  private static final URI FCM = URI.create("https://fcm.googleapis.com");
  private static final Pattern PROJECT = Pattern.compile("[a-z0-9-]{1,64}");
  private static final Pattern LOOPBACK = Pattern.compile("127\\.0\\.0\\.1|\\[::1]|localhost");
  private static final int MANY = 1_000_000;

  static PushSettings read(Section push) {
    return new PushSettings(
        push.secret("fcm_credentials", "key of a service account, JSON; empty: no wakes"),
        push.text("fcm_project", "project of the devices; empty: the one of the key")
            .matching(text -> PROJECT.matcher(text).matches(), "1–64 of a–z, 0–9 and -")
            .optional(),
        push.value("fcm_endpoint", "where wakes are sent", ENDPOINT, PushSettings::endpoint)
            .orElse(FCM),
        push.integer("burst", "wakes of one server-id at once").range(1, MANY).orElse(6),
        push.duration("refill", "until one more is sent").orElse(Duration.ofSeconds(10)),
        push.integer("max_in_flight", "wakes on their way").range(1, MANY).orElse(32),
        push.duration("timeout", "for each request").orElse(Duration.ofSeconds(10)));
  }

  static Optional<URI> endpoint(String text) {
    try {
      return Optional.of(new URI(text)).filter(PushSettings::isSafe);
    } catch (URISyntaxException _) {
      return Optional.empty();
    }
  }

  /** Whether nobody on the way can read what is sent there. */
  public static boolean isSafe(URI uri) {
    String host = uri.getHost();
    if (host == null || uri.getUserInfo() != null) {
      return false;
    }
    return "https".equals(uri.getScheme())
        || ("http".equals(uri.getScheme()) && LOOPBACK.matcher(host).matches());
  }
}
