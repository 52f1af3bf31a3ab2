package dev.gatehouse.proxy.traffic;

import dev.gatehouse.kernel.metric.EventCounters;
import dev.gatehouse.kernel.metric.Histogram;
import dev.gatehouse.kernel.metric.Metric;
import dev.gatehouse.proxy.http.guard.RefusalReason;
import dev.gatehouse.proxy.route.RouteName;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;

/** Counts what happens on one listener to those who speak TLS and HTTP with the proxy itself. */
public final class ListenerTraffic {

  private final String listener;
  private final EventCounters counters;
  private final Map<RefusalReason, LongAdder> refused = new EnumMap<>(RefusalReason.class);
  private final Map<Dropped, LongAdder> dropped = new EnumMap<>(Dropped.class);
  private final Map<Abuse, LongAdder> abuses = new EnumMap<>(Abuse.class);
  private final Histogram handshakes;

  /** Why fields do not travel on. */
  public enum Dropped {
    UNDERSCORE,
    HOP_BY_HOP,
    SPOOFED_FORWARDING,
    TRAILER;

    String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** What a client of HTTP/2 did too much of. */
  public enum Abuse {
    RAPID_RESET,
    SERVER_RESET,
    PING,
    SETTINGS,
    EMPTY_DATA,
    EMPTY_HEADERS,
    WINDOW_UPDATE,
    PRIORITY,
    CONTINUATION,
    HEADER_FIELDS,
    HEADER_LIST,
    STALL,
    GLITCH;

    /** The word for this in metrics and logs. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * @param listener the word for it in metrics
   */
  public ListenerTraffic(String listener, EventCounters counters) {
    this.listener = listener;
    this.counters = counters;
    for (RefusalReason reason : RefusalReason.values()) {
      refused.put(
          reason, counters.counter(Metric.PROXY_REQUESTS_REFUSED, listener, reason.label()));
    }
    for (Dropped reason : Dropped.values()) {
      dropped.put(reason, counters.counter(Metric.PROXY_HEADERS_DROPPED, listener, reason.label()));
    }
    for (Abuse kind : Abuse.values()) {
      abuses.put(kind, counters.counter(Metric.PROXY_H2_ABUSE, listener, kind.label()));
    }
    handshakes = counters.histogram(Metric.PROXY_TLS_HANDSHAKE_DURATION_SECONDS, listener);
  }

  /** The word for the listener. */
  public String listener() {
    return listener;
  }

  /** A request is not served. */
  public void refused(RefusalReason reason) {
    Objects.requireNonNull(refused.get(reason)).increment();
  }

  /** Fields of a request do not travel on. */
  public void dropped(Dropped reason, int fields) {
    if (fields > 0) {
      Objects.requireNonNull(dropped.get(reason)).add(fields);
    }
  }

  /** A connection of HTTP/2 is ended for that. */
  public void abused(Abuse kind) {
    Objects.requireNonNull(abuses.get(kind)).increment();
  }

  /** A handshake is complete. */
  public void agreed(RouteName route, String version, boolean resumed, double seconds) {
    handshakes.record(seconds);
    counters
        .counter(
            Metric.PROXY_TLS_HANDSHAKES,
            listener,
            route.toString(),
            version,
            Boolean.toString(resumed))
        .increment();
  }

  /** A handshake has failed. */
  public void failed(RouteName route, HandshakeFailure cause) {
    counters
        .counter(Metric.PROXY_TLS_HANDSHAKE_FAILURES, listener, route.toString(), cause.label())
        .increment();
    counters.counter(Metric.TLS_HANDSHAKE_FAILURES, "proxy", cause.label()).increment();
  }
}
