package dev.gatehouse.tracker.config;

import dev.gatehouse.config.Section;
import java.time.Duration;

/**
 * What every answer to an announce follows, whatever listener it came by.
 *
 * @param minInterval zero is not said
 * @param failureName what refusals call the tracker
 * @param countAnnouncer whether the counts are those after the announce took effect
 * @param listLoneAnnouncer whether a client that is alone is told of itself
 * @param externalIp whether a client is told the address at which it is seen (BEP 24)
 * @param maxPendingWrites the most changes of swarms that may be under way
 */
public record AnnounceRules(
    Duration interval,
    Duration minInterval,
    String failureName,
    boolean countAnnouncer,
    boolean listLoneAnnouncer,
    boolean externalIp,
    int maxPendingWrites) {

  private static final Duration SHORTEST = Duration.ofMinutes(1);
  private static final Duration LONGEST = Duration.ofHours(24);

  // what sites that list public trackers accept
  private static final Duration SHORTEST_LISTED = Duration.ofMinutes(5);
  private static final Duration LONGEST_LISTED = Duration.ofHours(3);

  static AnnounceRules read(Section tracker) {
    AnnounceRules rules =
        new AnnounceRules(
            tracker
                .duration("announce_interval", "when clients are to announce again")
                .range(SHORTEST, LONGEST)
                .orElse(Duration.ofMinutes(30)),
            tracker
                .duration("min_announce_interval", "when they may at the earliest; 0 = not said")
                .orZero()
                .orElse(Duration.ofMinutes(15)),
            tracker
                .text("failure_name", "what refusals call this tracker")
                .matching(AnnounceRules::isName, "1 to 40 letters, digits, blanks, dots or hyphens")
                .orElse("gatehouse"),
            tracker.flag("count_announcer", "counts include the client that asks").orElse(true),
            tracker
                .flag("list_lone_announcer", "a client that is alone is told of itself")
                .orElse(true),
            tracker
                .flag("external_ip", "clients are told the address at which they are seen")
                .orElse(false),
            tracker
                .integer("max_pending_writes", "most changes of swarms that may be under way")
                .range(1, 10_000_000)
                .orElse(65_536));
    rules.check(tracker);
    return rules;
  }

  private static boolean isName(String text) {
    return text.matches("[A-Za-z0-9 .-]{1,40}");
  }

  private void check(Section tracker) {
    if (minInterval.compareTo(interval) > 0) {
      tracker.refuse("min_announce_interval", "at most announce_interval");
    }
    if (interval.compareTo(SHORTEST_LISTED) < 0 || interval.compareTo(LONGEST_LISTED) > 0) {
      tracker.warn("announce_interval", "sites that list trackers want 5m to 3h");
    }
  }
}
