package dev.gatehouse.proxy.config;

import dev.gatehouse.config.Section;
import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How long each part of an exchange may take; zero is for ever.
 *
 * @param keepAlive a connection without a request
 * @param requestHeader from the first byte of a head to its last
 * @param bodyStall without a byte of a request's body
 * @param minBodyRate bytes a second that a body must bring on average, after ten seconds; 0 is none
 * @param sendStall a client that takes nothing of what is there for it
 * @param responseHeader from the end of a request to the head of its response
 * @param responseStall without a byte of a response's body
 * @param tunnel without a byte, of WebSockets and of streams that are silent by nature
 */
public record HttpTimeouts(
    Duration keepAlive,
    Duration requestHeader,
    Duration bodyStall,
    long minBodyRate,
    Duration sendStall,
    Duration responseHeader,
    Duration responseStall,
    Duration tunnel) {

  static HttpTimeouts read(Section proxy) {
    return new HttpTimeouts(
        duration(proxy, "keepalive_timeout", "a client's connection without a request", 75),
        duration(proxy, "request_header_timeout", "for the whole head of a request", 10),
        duration(proxy, "body_stall_timeout", "without a byte of a request's body", 30),
        proxy
            .size("min_body_rate", "bytes a second of a request's body, after 10 s; 0 = off")
            .orElse(240L),
        duration(proxy, "send_stall_timeout", "a client that takes nothing of its response", 30),
        duration(proxy, "response_header_timeout", "for the head of a response", 60),
        duration(proxy, "response_stall_timeout", "without a byte of a response's body", 60),
        duration(proxy, "tunnel_timeout", "without a byte, of WebSockets and streams", 3600));
  }

  private static Duration duration(Section proxy, String key, String meaning, int seconds) {
    return proxy
        .duration(key, meaning + "; 0 = never")
        .range(Duration.ofMillis(1), Duration.ofHours(24))
        .orZero()
        .orElse(Duration.ofSeconds(seconds));
  }

  /** The shortest of those that are not for ever. */
  public Optional<Duration> shortest() {
    return Stream.of(
            keepAlive, requestHeader, bodyStall, sendStall, responseHeader, responseStall, tunnel)
        .filter(Duration::isPositive)
        .min(Comparator.naturalOrder());
  }
}
