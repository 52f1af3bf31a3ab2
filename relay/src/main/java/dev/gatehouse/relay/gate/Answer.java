package dev.gatehouse.relay.gate;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An HTTP answer to a request that is not upgraded.
 *
 * @param fields besides those that every answer has
 */
public record Answer(int status, Map<String, String> fields, String body) {

  private static final long NANOS_A_SECOND = Duration.ofSeconds(1).toNanos();

  public Answer {
    fields = Map.copyOf(fields);
  }

  /** One line feed, so that nothing of the inside is told. */
  static Answer bare(int status, Map<String, String> fields) {
    Map<String, String> all = new LinkedHashMap<>(fields);
    all.put("content-type", "text/plain; charset=utf-8");
    all.put("x-content-type-options", "nosniff");
    return new Answer(status, all, "\n");
  }

  /** For a path that leads nowhere. */
  public static Answer notFound() {
    Answer bare = bare(404, Map.of());
    return new Answer(404, bare.fields(), "404 page not found\n");
  }

  /** For a request that is no HTTP/1.1 as it must be. */
  public static Answer badRequest() {
    return bare(400, Map.of());
  }

  /** As {@link #bare}, with the seconds to wait, rounded up. */
  static Answer later(int status, long waitNanos) {
    long seconds = Math.ceilDiv(waitNanos, NANOS_A_SECOND);
    return bare(status, Map.of("retry-after", Long.toString(seconds)));
  }
}
