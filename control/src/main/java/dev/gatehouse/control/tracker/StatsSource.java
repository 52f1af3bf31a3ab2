package dev.gatehouse.control.tracker;

import dev.gatehouse.control.stream.PacedStream;
import dev.gatehouse.kernel.time.Ticker;
import dev.gatehouse.tracker.TrackerAdmin;
import dev.gatehouse.v1.GetTrackerStatsResponse;
import dev.gatehouse.v1.TrackerRequests;
import java.util.HashMap;
import java.util.Map;

/** What a tracker is doing, again and again, with what was asked since it was told last. */
final class StatsSource implements PacedStream.Source<GetTrackerStatsResponse> {

  private static final double NANOS_PER_SECOND = 1e9;

  private final TrackerAdmin tracker;
  private final Ticker ticker;
  private final Map<String, Long> before = new HashMap<>();
  private boolean begun;
  private long beforeNanos;

  StatsSource(TrackerAdmin tracker, Ticker ticker) {
    this.tracker = tracker;
    this.ticker = ticker;
  }

  @Override
  public GetTrackerStatsResponse next() {
    long now = ticker.nanos();
    double seconds = begun ? (now - beforeNanos) / NANOS_PER_SECOND : 0;
    GetTrackerStatsResponse.Builder stats = TrackerMessages.stats(tracker);
    for (TrackerRequests.Builder request : stats.getRequestsBuilderList()) {
      String kind = request.getProtocol() + ' ' + request.getAction();
      long count = request.getCount();
      if (seconds > 0) {
        request.setPerSecond((count - before.getOrDefault(kind, 0L)) / seconds);
      }
      before.put(kind, count);
    }
    begun = true;
    beforeNanos = now;
    return stats.build();
  }

  @Override
  public boolean isLast(GetTrackerStatsResponse answer) {
    return false;
  }
}
