package dev.gatehouse.proxy.upstream.pool;

import dev.gatehouse.kernel.metric.EventCounters;
import dev.gatehouse.kernel.metric.Metric;
import dev.gatehouse.kernel.metric.MetricSink;
import dev.gatehouse.kernel.metric.MetricSource;
import dev.gatehouse.proxy.upstream.http.Keeper.Discard;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;

/** Counts the connections to the backends of one route. */
public final class PoolCounters implements MetricSource {

  private final String listener;
  private final String route;
  private final LongAdder idle = new LongAdder();
  private final LongAdder open = new LongAdder();
  private final LongAdder opened;
  private final LongAdder reused;
  private final Map<Discard, LongAdder> discarded = new EnumMap<>(Discard.class);

  /** The counters of a route, by its words in metrics. */
  public PoolCounters(String listener, String route, EventCounters counters) {
    this.listener = listener;
    this.route = route;
    opened = counters.counter(Metric.PROXY_POOL_OPENED, listener, route);
    reused = counters.counter(Metric.PROXY_POOL_REUSED, listener, route);
    for (Discard reason : Discard.values()) {
      discarded.put(
          reason, counters.counter(Metric.PROXY_POOL_DISCARDED, listener, route, reason.label()));
    }
  }

  void opened() {
    opened.increment();
    open.increment();
  }

  void closed() {
    open.decrement();
  }

  void reused() {
    reused.increment();
  }

  void discarded(Discard reason) {
    Objects.requireNonNull(discarded.get(reason)).increment();
  }

  void becameIdle() {
    idle.increment();
  }

  void becameBusy() {
    idle.decrement();
  }

  void learned(MetricSink sink, String protocol) {
    sink.sample(Metric.PROXY_BACKEND_PROTOCOL, 1, listener, route, protocol);
  }

  @Override
  public void collect(MetricSink sink) {
    long waiting = idle.sum();
    sink.sample(Metric.PROXY_POOL_CONNECTIONS, (double) waiting, listener, route, "idle");
    sink.sample(
        Metric.PROXY_POOL_CONNECTIONS, (double) (open.sum() - waiting), listener, route, "busy");
  }
}
