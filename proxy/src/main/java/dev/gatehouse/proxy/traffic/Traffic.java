package dev.gatehouse.proxy.traffic;

import dev.gatehouse.kernel.metric.EventCounters;
import dev.gatehouse.kernel.metric.Histogram;
import dev.gatehouse.kernel.metric.Metric;
import dev.gatehouse.kernel.metric.MetricSink;
import dev.gatehouse.kernel.metric.MetricSource;
import dev.gatehouse.net.connect.DialFailure;
import dev.gatehouse.net.splice.SpliceRelay.Side;
import dev.gatehouse.proxy.route.RouteMode;
import dev.gatehouse.proxy.route.RouteName;
import dev.gatehouse.proxy.upstream.Backend;
import dev.gatehouse.proxy.upstream.DialEvents;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/** Counts what happens on one route of one listener. */
public final class Traffic implements DialEvents, MetricSource {

  private static final double NANOS = TimeUnit.SECONDS.toNanos(1);

  private final String listener;
  private final String route;
  private final RouteMode mode;
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
  public Traffic(String listener, RouteName hostname, RouteMode mode, EventCounters counters) {
    this.listener = listener;
    this.route = hostname.toString();
    this.mode = mode;
    routed = counters.counter(Metric.PROXY_ROUTED, listener, route, mode.label());
    for (CloseCause cause : CloseCause.values()) {
      closed.put(cause, counters.counter(Metric.PROXY_CLOSED, listener, route, cause.label()));
    }
    for (DialFailure cause : DialFailure.values()) {
      dialFailures.put(
          cause, counters.counter(Metric.PROXY_DIAL_FAILURES, listener, route, cause.label()));
    }
    fromClient = counters.counter(Metric.PROXY_BYTES, listener, route, "from_client");
    fromBackend = counters.counter(Metric.PROXY_BYTES, listener, route, "from_backend");
    dials = counters.histogram(Metric.PROXY_DIAL_DURATION_SECONDS, listener, route);
    durations = counters.histogram(Metric.PROXY_CONNECTION_DURATION_SECONDS, mode.label());
  }

  /** A connection came to the route. */
  public void opened() {
    open.increment();
    routed.increment();
  }

  /** It has ended, {@code nanos} after it came. */
  public void closed(CloseCause cause, long nanos) {
    open.decrement();
    Objects.requireNonNull(closed.get(cause)).increment();
    durations.record(nanos / NANOS);
  }

  /** Bytes came in. */
  public void received(Side from, long bytes) {
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

  /** Connections now. */
  public long active() {
    return open.sum();
  }

  /** Connections since the route was added. */
  public long routed() {
    return routed.sum();
  }

  /** Bytes that came from one side. */
  public long received(Side from) {
    return switch (from) {
      case CLIENT -> fromClient.sum();
      case BACKEND -> fromBackend.sum();
    };
  }

  /** Connections that ended otherwise than their two sides wished. */
  public long errors() {
    return closed.entrySet().stream()
        .filter(entry -> !entry.getKey().isOrderly())
        .mapToLong(entry -> entry.getValue().sum())
        .sum();
  }

  /** By how long they took, those that succeeded. */
  public Histogram dials() {
    return dials;
  }

  @Override
  public void collect(MetricSink sink) {
    sink.sample(Metric.PROXY_CONNECTIONS, (double) active(), listener, route, mode.label());
  }
}
