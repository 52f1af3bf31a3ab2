package dev.gatehouse.tracker.flow;

import dev.gatehouse.kernel.address.AddressFamily;
import dev.gatehouse.kernel.metric.EventCounters;
import dev.gatehouse.kernel.metric.Histogram;
import dev.gatehouse.kernel.metric.Metric;
import dev.gatehouse.tracker.request.Rejection;
import dev.gatehouse.wire.tracker.Event;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Counts what a listener answers.
 *
 * <p>Labels are actions, families, events and {@link Rejection}s: closed sets, so that no request
 * makes a series.
 */
@SuppressWarnings("EnumOrdinal") // arrays, since this is counted for each request
public final class Meter {

  /** The word for the service in the log lines of all its listeners. */
  public static final String SERVICE = "tracker";

  private static final List<String> FAMILIES = List.of("IPv4", "IPv6", "Unknown");
  private static final int UNKNOWN_FAMILY = 2;
  private static final double NANOS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);

  /** What is counted of one outcome; times are null where they are not kept. */
  private record Outcome(LongAdder count, @Nullable Histogram times) {

    void took(long nanos) {
      count.increment();
      if (times != null) {
        times.record(nanos / NANOS_PER_SECOND);
      }
    }
  }

  /** One outcome that is no success. */
  private record Refused(Action action, int family, Rejection reason) {}

  private final String listener;
  private final String protocol;
  private final boolean timing;
  private final EventCounters counters;
  private final Outcome[][] answered = new Outcome[Action.values().length][FAMILIES.size()];
  private final Map<Refused, Outcome> refused = new ConcurrentHashMap<>();
  private final LongAdder[] events = new LongAdder[Event.values().length];
  private final LongAdder[] peers = new LongAdder[AddressFamily.values().length];

  /**
   * @param timing whether times are kept
   * @param actions what the listener answers, each of which is there at 0
   */
  public Meter(
      String listener,
      String protocol,
      boolean timing,
      Set<Action> actions,
      EventCounters counters) {
    this.listener = listener;
    this.protocol = protocol;
    this.timing = timing;
    this.counters = counters;
    for (Action action : actions) {
      for (int family = 0; family < UNKNOWN_FAMILY; family++) {
        answered[action.ordinal()][family] = outcome(action, family, "");
      }
    }
    for (Event event : Event.values()) {
      events[event.ordinal()] =
          counters.counter(Metric.TRACKER_ANNOUNCE_EVENTS, protocol, event.label());
    }
    for (AddressFamily family : AddressFamily.values()) {
      peers[family.ordinal()] =
          counters.counter(Metric.TRACKER_PEERS_RETURNED, protocol, FAMILIES.get(family.ordinal()));
    }
  }

  /** The word for the frontend in the log. */
  String component() {
    return SERVICE + '/' + protocol;
  }

  boolean isTiming() {
    return timing;
  }

  void answered(Exchange exchange, long nanos) {
    int family = place(exchange.family());
    Outcome outcome = answered[exchange.action().ordinal()][family];
    if (outcome == null) {
      outcome = outcome(exchange.action(), family, "");
      answered[exchange.action().ordinal()][family] = outcome;
    }
    outcome.took(nanos);
  }

  void announced(Exchange exchange) {
    events[exchange.event().ordinal()].increment();
    returned(exchange, AddressFamily.IPV4);
    returned(exchange, AddressFamily.IPV6);
  }

  private void returned(Exchange exchange, AddressFamily family) {
    int size = exchange.selection().peers(family).size();
    if (size > 0) {
      peers[family.ordinal()].add(size);
    }
  }

  void refused(Exchange exchange, Rejection reason, long nanos) {
    refused
        .computeIfAbsent(
            new Refused(exchange.action(), place(exchange.family()), reason),
            first -> outcome(first.action(), first.family(), first.reason().label()))
        .took(nanos);
  }

  /** Counts what was not even a request of a kind that there is. */
  public void notUnderstood(String status) {
    outcome(Action.UNKNOWN, UNKNOWN_FAMILY, status).count().increment();
  }

  private static int place(@Nullable AddressFamily family) {
    return family == null ? UNKNOWN_FAMILY : family.ordinal();
  }

  private Outcome outcome(Action action, int family, String error) {
    String known = FAMILIES.get(family);
    return new Outcome(
        counters.counter(Metric.TRACKER_REQUESTS, listener, protocol, action.label(), known, error),
        timing
            ? counters.histogram(
                Metric.TRACKER_RESPONSE_DURATION_SECONDS, protocol, action.label(), known, error)
            : null);
  }
}
