package dev.gatehouse.relay.config;

import dev.gatehouse.config.Section;
import java.time.Duration;

/**
 * What holds for a connection until its upgrade.
 *
 * @param handshakeTimeout for TLS
 * @param headerTimeout for the fields of a request
 * @param readTimeout for a whole request
 * @param responseTimeout for an answer to be written
 * @param keepaliveTimeout without a request
 * @param maxHeaderBytes of all fields together
 */
public record HttpSettings(
    Duration handshakeTimeout,
    Duration headerTimeout,
    Duration readTimeout,
    Duration responseTimeout,
    Duration keepaliveTimeout,
    int maxHeaderBytes,
    PublicHealth health) {

  private static final int KIB = 1024;

  static HttpSettings read(Section relay) {
    return new HttpSettings(
        relay.duration("handshake_timeout", "for TLS").orElse(Duration.ofSeconds(5)),
        relay
            .duration("header_timeout", "for the fields of a request")
            .orElse(Duration.ofSeconds(5)),
        relay.duration("read_timeout", "for a whole request").orElse(Duration.ofSeconds(60)),
        relay.duration("response_timeout", "for a whole answer").orElse(Duration.ofSeconds(60)),
        relay.duration("keepalive_timeout", "between requests").orElse(Duration.ofSeconds(120)),
        relay
            .size("max_header_bytes", "of all fields of a request")
            .range(KIB, KIB * KIB)
            .orElse(16 * KIB),
        relay
            .choice(
                "public_healthz",
                "what /healthz tells strangers",
                PublicHealth.class,
                PublicHealth::label)
            .orElse(PublicHealth.FULL));
  }
}
