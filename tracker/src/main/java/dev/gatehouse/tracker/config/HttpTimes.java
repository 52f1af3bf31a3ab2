package dev.gatehouse.tracker.config;

import dev.gatehouse.config.Section;
import java.time.Duration;

/**
 * How long an HTTP connection may take for what.
 *
 * @param head from accept, or from a later request's first byte, to the end of its head
 * @param write until an answer is with the kernel
 * @param idle between two requests
 */
public record HttpTimes(Duration head, Duration write, Duration idle) {

  private static final Duration SHORTEST = Duration.ofMillis(100);
  private static final Duration LONGEST = Duration.ofMinutes(10);

  static HttpTimes read(Section listener) {
    Duration request =
        listener
            .duration("read_timeout", "for a whole request")
            .range(SHORTEST, LONGEST)
            .orElse(Duration.ofSeconds(5));
    Duration head =
        listener
            .duration("read_header_timeout", "for the head of a request")
            .range(SHORTEST, LONGEST)
            .optional()
            .orElse(request);
    return new HttpTimes(
        // a request has no body, so it ends with its head
        head.compareTo(request) < 0 ? head : request,
        listener
            .duration("write_timeout", "until an answer is written")
            .range(SHORTEST, LONGEST)
            .orElse(Duration.ofSeconds(5)),
        listener
            .duration("idle_timeout", "between two requests of a connection")
            .range(SHORTEST, LONGEST)
            .orElse(Duration.ofSeconds(30)));
  }
}
