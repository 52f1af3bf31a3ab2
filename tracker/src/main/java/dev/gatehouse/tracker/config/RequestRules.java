package dev.gatehouse.tracker.config;

import dev.gatehouse.config.Section;
import dev.gatehouse.tracker.request.Sanitizer;
import java.util.Optional;

/**
 * What a listener of either protocol believes of requests, and what it measures.
 *
 * @param allowIpSpoofing whether a client may claim addresses of its own
 * @param requestTiming whether times are kept; empty: as for the whole process
 */
public record RequestRules(
    boolean allowIpSpoofing, Sanitizer sanitizer, Optional<Boolean> requestTiming) {

  private static final int MAX_NUM_WANT = 10_000;

  /** Reads the keys from a listener's table; {@code mostScraped} is what an answer has room for. */
  static RequestRules read(Section listener, int mostScraped) {
    boolean spoofing =
        listener.flag("allow_ip_spoofing", "clients may claim other addresses").orElse(false);
    Sanitizer sanitizer =
        new Sanitizer(
            listener
                .flag("filter_private_ips", "addresses that the Internet cannot reach are dropped")
                .orElse(false),
            listener
                .integer("max_numwant", "most peers in an answer")
                .range(1, MAX_NUM_WANT)
                .orElse(100),
            listener
                .integer("default_numwant", "peers for clients that do not say how many")
                .range(0, MAX_NUM_WANT)
                .orElse(50),
            listener
                .integer("max_scrape_infohashes", "most torrents in one scrape")
                .range(1, mostScraped)
                .orElse(50));
    if (sanitizer.defaultNumWant() > sanitizer.maxNumWant()) {
      listener.refuse("default_numwant", "at most max_numwant");
    }
    if (spoofing && !sanitizer.filterPrivate()) {
      listener.warn("allow_ip_spoofing", "lets clients name private hosts; set filter_private_ips");
    }
    return new RequestRules(
        spoofing,
        sanitizer,
        listener.flag("request_timing", "keep histograms of request times").optional());
  }
}
