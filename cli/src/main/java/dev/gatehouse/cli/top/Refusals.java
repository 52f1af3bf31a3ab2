package dev.gatehouse.cli.top;

import dev.gatehouse.client.daemon.BlockedCount;
import dev.gatehouse.client.daemon.Status;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** Tells how fast connections are refused, from counts that only rise. */
final class Refusals {

  private final Map<String, Long> counts = new HashMap<>();
  private Duration uptime = Duration.ZERO;

  /**
   * How often connections were refused for one reason.
   *
   * @param count since the start of the daemon
   * @param perSecond since the answer before; absent if there was none, or if the daemon has
   *     started anew
   */
  record Refusal(String reason, long count, OptionalDouble perSecond) {}

  /** The refusals up to this status, and since the one before. */
  List<Refusal> after(Status status) {
    Duration passed = status.uptime().minus(uptime);
    List<Refusal> refusals =
        status.traffic().blocked().stream().map(blocked -> refusal(blocked, passed)).toList();
    uptime = status.uptime();
    status.traffic().blocked().forEach(blocked -> counts.put(blocked.reason(), blocked.count()));
    return refusals;
  }

  private Refusal refusal(BlockedCount blocked, Duration passed) {
    Long before = counts.get(blocked.reason());
    OptionalDouble perSecond =
        before == null || !passed.isPositive() || blocked.count() < before
            ? OptionalDouble.empty()
            : OptionalDouble.of((blocked.count() - before) / (passed.toNanos() / 1e9));
    return new Refusal(blocked.reason(), blocked.count(), perSecond);
  }
}
