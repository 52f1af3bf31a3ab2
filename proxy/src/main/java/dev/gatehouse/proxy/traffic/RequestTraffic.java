package dev.gatehouse.proxy.traffic;

import dev.gatehouse.kernel.metric.EventCounters;
import dev.gatehouse.kernel.metric.Histogram;
import dev.gatehouse.kernel.metric.Metric;
import dev.gatehouse.kernel.metric.MetricSink;
import dev.gatehouse.kernel.metric.MetricSource;
import dev.gatehouse.proxy.http.Request;
import dev.gatehouse.proxy.route.L7Policy;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** Counts the requests of one route of one listener. */
public final class RequestTraffic implements MetricSource {

  private static final double NANOS = TimeUnit.SECONDS.toNanos(1);

  private final String listener;
  private final String route;
  private final EventCounters counters;
  private final LongAdder active = new LongAdder();
  private final Histogram durations;
  private final Map<Kind, LongAdder> requests = new EnumMap<>(Kind.class);
  private final Map<Retry, LongAdder> retries = new EnumMap<>(Retry.class);
  private final Map<L7Policy.Type, LongAdder> blocked = new EnumMap<>(L7Policy.Type.class);

  /** By status; made when they are first met, since most never are. */
  private final Map<Origin, AtomicReferenceArray<@Nullable LongAdder>> responses =
      new EnumMap<>(
          Map.of(
              Origin.BACKEND, new AtomicReferenceArray<>(STATUSES),
              Origin.PROXY, new AtomicReferenceArray<>(STATUSES)));

  private static final int STATUSES = 600;
  private static final int FIRST_STATUS = 100;

  /** What a request is spoken in. */
  public enum Kind {
    HTTP_1_0("http/1.0"),
    HTTP_1_1("http/1.1"),
    HTTP_2("h2"),
    GRPC("grpc"),
    WEB_SOCKET("websocket");

    private final String label;

    Kind(String label) {
      this.label = label;
    }

    /** The word for this in metrics and logs. */
    public String label() {
      return label;
    }

    public static Kind of(Request request) {
      if (request.webSocket()) {
        return WEB_SOCKET;
      }
      if (request.isGrpc()) {
        return GRPC;
      }
      return switch (request.protocol()) {
        case HTTP_1_0 -> HTTP_1_0;
        case HTTP_1_1 -> HTTP_1_1;
        case HTTP_2 -> HTTP_2;
      };
    }
  }

  /** Who made a response. */
  public enum Origin {
    BACKEND,
    PROXY;

    /** The word for this in metrics and logs. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Why a request was sent once more. */
  public enum Retry {
    STALE_CONNECTION,
    REFUSED_STREAM,
    GOAWAY,
    PROTOCOL;

    String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** The counters of a route, by its words in metrics. */
  public RequestTraffic(String listener, String route, EventCounters counters) {
    this.listener = listener;
    this.route = route;
    this.counters = counters;
    durations = counters.histogram(Metric.PROXY_REQUEST_DURATION_SECONDS, listener, route);
    for (Kind kind : Kind.values()) {
      requests.put(kind, counters.counter(Metric.PROXY_REQUESTS, listener, route, kind.label()));
    }
    for (Retry reason : Retry.values()) {
      retries.put(reason, counters.counter(Metric.PROXY_RETRIES, listener, route, reason.label()));
    }
    for (L7Policy.Type type : L7Policy.Type.values()) {
      blocked.put(
          type, counters.counter(Metric.PROXY_POLICY_BLOCKED, listener, route, type.label()));
    }
  }

  /** A request was read and is meant for the route. */
  public void began(Kind kind) {
    active.increment();
    Objects.requireNonNull(requests.get(kind)).increment();
  }

  /** It has ended, {@code nanos} after its head was complete. */
  public void ended(long nanos) {
    active.decrement();
    durations.record(nanos / NANOS);
  }

  /** It is answered. */
  public void responded(int status, Origin origin) {
    int place = Math.clamp(status, FIRST_STATUS, STATUSES - 1);
    AtomicReferenceArray<@Nullable LongAdder> known = Objects.requireNonNull(responses.get(origin));
    LongAdder counter = known.get(place);
    if (counter == null) {
      counter =
          counters.counter(
              Metric.PROXY_RESPONSES, listener, route, StatusLabel.of(status), origin.label());
      known.set(place, counter);
    }
    counter.increment();
  }

  /** It is sent once more. */
  public void retried(Retry reason) {
    Objects.requireNonNull(retries.get(reason)).increment();
  }

  /** A policy of that type was not met. */
  public void blocked(L7Policy.Type type) {
    Objects.requireNonNull(blocked.get(type)).increment();
  }

  @Override
  public void collect(MetricSink sink) {
    sink.sample(Metric.PROXY_REQUESTS_ACTIVE, (double) active.sum(), listener, route);
  }
}
