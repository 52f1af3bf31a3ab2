package dev.gatehouse.proxy.config;

import dev.gatehouse.config.Section;
import dev.gatehouse.kernel.limit.SlidingWindow;
import dev.gatehouse.proxy.http.guard.UnderscoreHeaders;
import dev.gatehouse.wire.http.HeadLimits;
import java.time.Duration;

/**
 * What one request and one client may ask for.
 *
 * @param head of each request, in either protocol
 * @param maxBody in bytes, of routes that have no limit of their own; 0 is none
 * @param maxRequests on one connection of HTTP/1.1
 * @param underscores what becomes of fields with an underscore in their names
 * @param rate requests of one client's address in {@code rateWindow}; 0 is no limit
 */
public record RequestLimits(
    HeadLimits head,
    long maxBody,
    int maxRequests,
    UnderscoreHeaders underscores,
    int rate,
    Duration rateWindow) {

  private static final int KIB = 1024;

  static RequestLimits read(Section proxy) {
    return new RequestLimits(
        new HeadLimits(
            proxy
                .size("max_request_line", "the longest request line")
                .range(256, 64 * KIB)
                .orElse(8 * KIB),
            proxy
                .size("max_header_size", "names, values and 32 bytes of each field of a request")
                .range(KIB, 96 * KIB)
                .orElse(64 * KIB),
            proxy
                .integer("max_header_fields", "the most fields of a request, and of its trailer")
                .range(8, 1024)
                .orElse(128)),
        proxy.size("max_request_body", "of one request; 0 = no limit").orElse(0L),
        proxy
            .integer("max_requests_per_connection", "of HTTP/1.1, before the connection is closed")
            .range(1, 1_000_000)
            .orElse(10_000),
        proxy
            .choice(
                "underscore_headers",
                "what becomes of fields with _ in their names",
                UnderscoreHeaders.class,
                UnderscoreHeaders::label)
            .orElse(UnderscoreHeaders.DROP),
        proxy
            .integer("request_rate_limit", "requests of one address per window; 0 = no limit")
            .range(0, SlidingWindow.MAX_LIMIT)
            .orElse(0),
        proxy
            .duration("request_rate_window", "the window of request_rate_limit")
            .range(Duration.ofSeconds(1), SlidingWindow.LONGEST_WINDOW)
            .orElse(Duration.ofSeconds(10)));
  }
}
