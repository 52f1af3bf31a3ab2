package dev.gatehouse.proxy.config;

import dev.gatehouse.config.Section;

/**
 * How much a client of HTTP/2 may have open at a time.
 *
 * @param concurrentStreams at a time
 * @param streamWindow bytes of one body that may be under way or here
 * @param connectionWindow the same of all bodies together
 * @param lifetimeStreams after which a connection is replaced
 */
public record Http2Limits(
    int concurrentStreams, int streamWindow, int connectionWindow, int lifetimeStreams) {

  private static final int KIB = 1024;
  private static final int LEAST_WINDOW = 64 * KIB - 1;
  private static final int MOST_WINDOW = 64 * 1024 * KIB;

  static Http2Limits read(Section proxy) {
    Http2Limits limits =
        new Http2Limits(
            proxy
                .integer("h2_max_concurrent_streams", "requests at a time of one connection")
                .range(1, 10_000)
                .orElse(100),
            proxy
                .size("h2_stream_window", "bytes of one body that may be under way")
                .range(LEAST_WINDOW, MOST_WINDOW)
                .orElse(256 * KIB),
            proxy
                .size("h2_connection_window", "bytes of all bodies that may be under way")
                .range(LEAST_WINDOW, MOST_WINDOW)
                .orElse(1024 * KIB),
            proxy
                .integer("h2_max_streams_per_connection", "before a connection is replaced")
                .range(1, 100_000_000)
                .orElse(10_000));
    if (limits.connectionWindow < limits.streamWindow) {
      proxy.refuse("h2_connection_window", "at least h2_stream_window");
    }
    return limits;
  }
}
