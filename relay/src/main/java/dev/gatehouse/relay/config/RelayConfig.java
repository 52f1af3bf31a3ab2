package dev.gatehouse.relay.config;

import dev.gatehouse.config.Section;
import dev.gatehouse.relay.registry.ServerId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The table {@code [relay]}.
 *
 * @param allowedIds server-ids that binaries may claim; empty: any
 * @param requireToken whether phones must send a token, of which nothing more is asked
 * @param singleInstance whether the operator vouches that there is one relay and no more
 * @param legacyMetricNames whether dashboards of the predecessor find their metrics
 * @param drain how long peers may take to leave
 */
public record RelayConfig(
    ListenSettings listen,
    HttpSettings http,
    CapSettings caps,
    SessionSettings session,
    Set<ServerId> allowedIds,
    boolean requireToken,
    boolean singleInstance,
    boolean legacyMetricNames,
    Duration drain,
    PushSettings push) {

  /** A frame costs that much more than its bytes. */
  private static final int OVERHEAD = 64;

  public RelayConfig {
    allowedIds = Set.copyOf(allowedIds);
  }

  /**
   * Reads the table.
   *
   * @param certificates the folder for those that are ordered unless another is named
   */
  public static RelayConfig read(Section relay, Path certificates) {
    RelayConfig config =
        new RelayConfig(
            ListenSettings.read(relay, certificates),
            HttpSettings.read(relay),
            CapSettings.read(relay),
            SessionSettings.read(relay),
            allowedIds(relay),
            relay.flag("require_device_token", "whether phones must send a token").orElse(true),
            relay
                .flag(
                    "single_instance", "there is one instance, on a platform that may run several")
                .orElse(false),
            relay
                .flag("legacy_metric_names", "the first metrics also under pyrycode_relay_")
                .orElse(false),
            relay
                .duration("drain_timeout", "for peers to leave when the relay ends")
                .orElse(Duration.ofSeconds(10)),
            PushSettings.read(relay.section("push", "wakes of devices by FCM")));
    config.check(relay);
    return config;
  }

  private static Set<ServerId> allowedIds(Section relay) {
    List<ServerId> ids =
        relay
            .values(
                "allowed_server_ids",
                "server-ids that binaries may claim; empty: any",
                ServerId.EXPECTED,
                ServerId::parse)
            .orElse(List.of());
    return new HashSet<>(ids);
  }

  /** The same with files that are found from that folder, if they were not to be found alone. */
  public RelayConfig in(Path folder) {
    return new RelayConfig(
        listen.in(folder),
        http,
        caps,
        session,
        allowedIds,
        requireToken,
        singleInstance,
        legacyMetricNames,
        drain,
        push);
  }

  private void check(Section relay) {
    long least = session.maxMessageBytes() + (long) OVERHEAD;
    if (caps.outboxBytes() < least) {
      relay.refuse(
          "outbox_bytes", least + " or more, which one message of max_message_bytes needs");
    }
    boolean anybody = listen.trustedProxies().isEmpty();
    if (listen.trustForwarded() && anybody) {
      relay.warn("trust_x_forwarded_for", "any client can choose its address; set trusted_proxies");
    }
  }
}
