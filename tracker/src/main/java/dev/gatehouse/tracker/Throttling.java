package dev.gatehouse.tracker;

import dev.gatehouse.kernel.address.IpAddress;
import dev.gatehouse.kernel.limit.SlidingWindow;
import dev.gatehouse.kernel.metric.Metric;
import dev.gatehouse.kernel.metric.MetricSink;
import dev.gatehouse.kernel.metric.MetricSource;
import dev.gatehouse.kernel.time.Ticker;
import dev.gatehouse.tracker.TrackerView.Throttled;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Who is beyond a limit of requests or of refusals.
 *
 * @param requests the table of the one, where there is such a limit
 * @param refusals the tables of the other, one for each port
 */
record Throttling(
    Supplier<Optional<SlidingWindow>> requests,
    Supplier<List<SlidingWindow>> refusals,
    Ticker ticker)
    implements MetricSource {

  private static final String REQUEST = "request";
  private static final String ERROR_REPLY = "error_reply";

  /** Who is beyond which limit, each once; of more than so many any. */
  List<Throttled> list(int most) {
    Set<Throttled> all = new LinkedHashSet<>();
    requests.get().ifPresent(table -> add(REQUEST, table, most, all));
    refusals.get().forEach(table -> add(ERROR_REPLY, table, most, all));
    return all.stream().limit(most).toList();
  }

  private void add(String limit, SlidingWindow table, int most, Set<Throttled> all) {
    table.full(most, ticker.nanos()).forEach(client -> all.add(new Throttled(limit, client)));
  }

  /**
   * Lets a client ask again, or everybody.
   *
   * @return how many were beyond a limit
   */
  int clear(Optional<IpAddress> client) {
    int cleared = 0;
    for (SlidingWindow table : tables()) {
      for (IpAddress full : table.full(Integer.MAX_VALUE, ticker.nanos())) {
        if (client.isEmpty() || SlidingWindow.isSameClient(client.get(), full)) {
          table.forget(full);
          cleared++;
        }
      }
    }
    return cleared;
  }

  private List<SlidingWindow> tables() {
    return Stream.concat(requests.get().stream(), refusals.get().stream()).toList();
  }

  @Override
  public void collect(MetricSink sink) {
    requests
        .get()
        .ifPresent(
            table ->
                sink.sample(Metric.TRACKER_THROTTLED_ADDRESSES, (double) count(table), REQUEST));
    List<SlidingWindow> ofPorts = refusals.get();
    if (!ofPorts.isEmpty()) {
      long count = ofPorts.stream().mapToLong(this::count).sum();
      sink.sample(Metric.TRACKER_THROTTLED_ADDRESSES, (double) count, ERROR_REPLY);
    }
  }

  private long count(SlidingWindow table) {
    return table.full(Integer.MAX_VALUE, ticker.nanos()).size();
  }
}
