package dev.gatehouse.tracker.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.config.Section;
import dev.gatehouse.config.value.DurationText;
import dev.gatehouse.tracker.config.HookConfig.ClientApproval;
import dev.gatehouse.tracker.config.HookConfig.IntervalVariation;
import dev.gatehouse.tracker.config.HookConfig.Jwt;
import dev.gatehouse.tracker.config.HookConfig.TorrentApproval;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Reads the hooks, each by its name. */
final class HookReader {

  private static final int CLIENT_ID_LENGTH = 6;
  private static final long LONGEST_INCREASE_SECONDS = Duration.ofHours(24).toSeconds();
  private static final Pattern SECONDS = Pattern.compile("[0-9]{1,9}");
  private static final URI EXAMPLE_KEYS = URI.create("https://auth.example.org/keys");

  private static final Map<String, Function<Section, HookConfig>> BY_NAME =
      Map.of(
          ClientApproval.NAME, hook -> clientApproval(config(hook)),
          TorrentApproval.NAME, hook -> ApprovalReader.read(config(hook)),
          Jwt.NAME, hook -> jwt(config(hook)),
          IntervalVariation.NAME, hook -> intervalVariation(config(hook)));

  private HookReader() {}

  static HookConfig read(Section hook) {
    return hook.variant("name", "which hook this is", BY_NAME).required(ClientApproval.NAME);
  }

  private static Section config(Section hook) {
    return hook.section("config", "the settings of that hook");
  }

  private static HookConfig clientApproval(Section config) {
    List<String> ids =
        config
            .strings("client_id_list", "6 bytes of peer ids, or how they begin")
            .orElse(List.of());
    boolean invert = config.flag("invert", "refuse those on the list").orElse(false);
    for (String id : ids) {
      int length = id.getBytes(UTF_8).length;
      if (length == 0 || length > CLIENT_ID_LENGTH) {
        config.reject("client_id_list", "client ID " + id + " must be 6 bytes, or 1 to 5 of them");
      }
    }
    if (ids.isEmpty() && !invert) {
      config.warn("client_id_list", "empty, so every client is refused");
    }
    return new ClientApproval(ids, invert);
  }

  private static HookConfig intervalVariation(Section config) {
    Optional<Double> probability =
        config.decimal("modify_response_probability", "above 0, at most 1").optional();
    if (probability.filter(p -> p > 0 && p <= 1).isEmpty()) {
      config.reject(
          "modify_response_probability",
          "invalid modify_response_probability (expected: above 0, at most 1)");
    }
    Optional<Long> increase =
        config
            .value(
                "max_increase_delta",
                "the longest that a client may be told to wait in addition",
                "seconds above 0, or a duration",
                HookReader::seconds)
            .optional();
    if (increase.filter(seconds -> seconds > 0).isEmpty()) {
      config.reject("max_increase_delta", "invalid max_increase_delta (expected: above 0)");
    }
    return new IntervalVariation(
        probability.filter(p -> p > 0 && p <= 1).orElse(1.0),
        increase.filter(seconds -> seconds > 0).orElse(1L),
        config.flag("modify_min_interval", "the other interval grows by as much").orElse(false));
  }

  /** Whole seconds, bare or as a duration. */
  private static Optional<Long> seconds(String text) {
    Optional<Long> seconds =
        SECONDS.matcher(text).matches()
            ? Optional.of(Long.parseLong(text))
            : DurationText.parse(text).map(Duration::toSeconds);
    return seconds.filter(number -> number <= LONGEST_INCREASE_SECONDS);
  }

  private static HookConfig jwt(Section config) {
    Jwt jwt =
        new Jwt(
            config.text("header", "the parameter or header with the token").orElse("authorization"),
            config.text("issuer", "who must have made it").orElse(""),
            config.text("audience", "whom it must be for").orElse(""),
            config
                .value("jwk_set_url", "where its keys are", "an http or https URL", HookReader::url)
                .optional()
                .orElse(EXAMPLE_KEYS),
            config
                .duration("jwk_set_update_interval", "how often keys are fetched; 0 = once")
                .range(Duration.ofSeconds(10), Duration.ofDays(7))
                .orZero()
                .orElse(Duration.ofHours(1)),
            config.flag("handle_announce", "announces need one").orElse(false),
            config.flag("handle_scrape", "scrapes need one").orElse(false),
            config
                .duration("leeway", "for the times in a token")
                .range(Duration.ofSeconds(1), Duration.ofMinutes(10))
                .orZero()
                .orElse(Duration.ZERO));
    check(config, jwt);
    return jwt;
  }

  private static void check(Section config, Jwt jwt) {
    if (jwt.issuer().isEmpty() || jwt.audience().isEmpty() || !config.has("jwk_set_url")) {
      config.reject("issuer", "required parameters not provided: Issuer/Audience/JWKSetURL");
    }
    if (!jwt.announces() && !jwt.scrapes()) {
      config.warn("handle_announce", "nor handle_scrape is true, so no token is asked for");
    }
  }

  private static Optional<URI> url(String text) {
    try {
      URI url = URI.create(text);
      boolean http = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
      return http && url.getHost() != null ? Optional.of(url) : Optional.empty();
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }
}
