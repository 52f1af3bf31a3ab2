package dev.gatehouse.proxy.l4;

import dev.gatehouse.kernel.metric.EventCounters;
import dev.gatehouse.kernel.metric.Histogram;
import dev.gatehouse.kernel.metric.Metric;
import dev.gatehouse.kernel.metric.MetricSink;
import dev.gatehouse.kernel.metric.MetricSource;
import dev.gatehouse.net.connect.DialFailure;
import dev.gatehouse.net.splice.SpliceRelay.Side;
import dev.gatehouse.proxy.route.Route;
import dev.gatehouse.proxy.upstream.Backend;
import dev.gatehouse.proxy.upstream.BackendGroup;
import dev.gatehouse.proxy.upstream.DialEvents;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/** Counts what happens on one route of one listener. */
final class Traffic implements DialEvents, MetricSource {

  private static final double NANOS = TimeUnit.SECONDS.toNanos(1);

  private final String listener;
  private final Route route;
  private final BackendGroup backends;
  private final LongAdder open = new LongAdder();
  private final LongAdder routed;
  private final Map<CloseCause, LongAdder> closed = new EnumMap<>(CloseCause.class);
  private final Map<DialFailure, LongAdder> dialFailures = new EnumMap<>(DialFailure.class);
  private final LongAdder fromClient;
  private final LongAdder fromBackend;
  private final Histogram dials;
  private final Histogram durations;

  /**
   * @param listener the word for it in metrics
   */
  Traffic(String listener, Route route, BackendGroup backends, EventCounters counters) {
    this.listener = listener;
    this.route = route;
    this.backends = backends;
    String name = route.hostname().toString();
    String mode = route.mode().label();
    routed = counters.counter(Metric.PROXY_ROUTED, listener, name, mode);
    for (CloseCause cause : CloseCause.values()) {
      closed.put(cause, counters.counter(Metric.PROXY_CLOSED, listener, name, cause.label()));
    }
    for (DialFailure cause : DialFailure.values()) {
      dialFailures.put(
          cause, counters.counter(Metric.PROXY_DIAL_FAILURES, listener, name, cause.label()));
    }
    fromClient = counters.counter(Metric.PROXY_BYTES, listener, name, "from_client");
    fromBackend = counters.counter(Metric.PROXY_BYTES, listener, name, "from_backend");
    dials = counters.histogram(Metric.PROXY_DIAL_DURATION_SECONDS, listener, name);
    durations = counters.histogram(Metric.PROXY_CONNECTION_DURATION_SECONDS, mode);
  }

  void opened() {
    open.increment();
    routed.increment();
  }

  void closed(CloseCause cause, long nanos) {
    open.decrement();
    Objects.requireNonNull(closed.get(cause)).increment();
    durations.record(nanos / NANOS);
  }

  void received(Side from, long bytes) {
    switch (from) {
      case CLIENT -> fromClient.add(bytes);
      case BACKEND -> fromBackend.add(bytes);
    }
  }

  @Override
  public void connected(Backend backend, long nanos) {
    dials.record(nanos / NANOS);
  }

  @Override
  public void failed(Backend backend, DialFailure failure) {
    Objects.requireNonNull(dialFailures.get(failure)).increment();
  }

  @Override
  public void collect(MetricSink sink) {
    String name = route.hostname().toString();
    sink.sample(
        Metric.PROXY_CONNECTIONS, (double) open.sum(), listener, name, route.mode().label());
    for (Backend backend : backends.backends()) {
      String destination = backend.destination().toString();
      sink.sample(
          Metric.PROXY_BACKEND_UP, backend.isReachable() ? 1 : 0, listener, name, destination);
    }
  }
}
