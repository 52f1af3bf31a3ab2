package dev.gatehouse.tracker.config;

import dev.gatehouse.config.Section;
import dev.gatehouse.kernel.limit.SlidingWindow;
import java.time.Duration;

/**
 * The table {@code [tracker.limits]}.
 *
 * @param errorReplies answers in datagrams that refuse, of one address in a window; 0 is none
 * @param requests of one address in a window, once it has proved to be there; 0 is no limit
 * @param retryIn what a client beyond a limit is told to wait; zero is not said
 * @param maxPeers of all swarms; 0 goes by the memory that there is
 * @param maxPeersPerSwarm 0 is no limit
 */
public record LimitRules(
    int errorReplies,
    Duration errorReplyWindow,
    int requests,
    Duration requestWindow,
    Duration retryIn,
    int maxPeers,
    int maxPeersPerSwarm) {

  private static final Duration SHORTEST_WINDOW = Duration.ofSeconds(1);

  /** Whether two tables say the same of requests, so that their counts need not begin anew. */
  public boolean limitsRequestsLike(LimitRules other) {
    return requests == other.requests && requestWindow.equals(other.requestWindow);
  }

  /** Whether two tables say the same of refusals by UDP. */
  public boolean limitsRefusalsLike(LimitRules other) {
    return errorReplies == other.errorReplies && errorReplyWindow.equals(other.errorReplyWindow);
  }

  static LimitRules read(Section limits) {
    return new LimitRules(
        limits
            .integer("error_replies_per_address", "refusals by UDP to one address; 0 = none")
            .range(1, SlidingWindow.MAX_LIMIT)
            .orZero()
            .orElse(10),
        limits
            .duration("error_reply_window", "the time in which they are counted")
            .range(SHORTEST_WINDOW, SlidingWindow.LONGEST_WINDOW)
            .orElse(Duration.ofSeconds(10)),
        limits
            .integer("requests_per_address", "requests of one address; 0 = no limit")
            .range(1, SlidingWindow.MAX_LIMIT)
            .orZero()
            .orElse(0),
        limits
            .duration("request_window", "the time in which they are counted")
            .range(SHORTEST_WINDOW, SlidingWindow.LONGEST_WINDOW)
            .orElse(Duration.ofSeconds(60)),
        limits
            .duration("retry_in", "what clients beyond a limit are told to wait; 0 = not said")
            .range(Duration.ofMinutes(1), Duration.ofHours(24))
            .orZero()
            .orElse(Duration.ofMinutes(5)),
        limits.integer("max_peers", "of all swarms; 0 = by the heap").orElse(0),
        limits.integer("max_peers_per_swarm", "of one swarm; 0 = no limit").orElse(0));
  }
}
