package dev.gatehouse.relay.session;

import dev.gatehouse.kernel.metric.EventCounters;
import dev.gatehouse.kernel.metric.Histogram;
import dev.gatehouse.kernel.metric.Metric;
import dev.gatehouse.relay.gate.CloseCause;
import dev.gatehouse.relay.gate.Refusal;
import dev.gatehouse.relay.gate.Role;
import dev.gatehouse.relay.view.TrafficView;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;

/** The counters of the relay's connections, each there at 0 from the start. */
final class RelayCounters {

  /** What becomes of an attempt that the gates let through. */
  enum Outcome {
    ACCEPT("accept", ""),
    CONFLICT("reject_409", "server_in_use"),
    NO_SERVER("reject_404", "no_server"),
    AT_CAP("reject_429", "phones_at_cap");

    private final String label;
    private final String kind;

    Outcome(String label, String kind) {
      this.label = label;
      this.kind = kind;
    }
  }

  /** Why a message was not delivered. */
  enum Drop {
    MALFORMED,
    MISSING_CONN_ID,
    MISSING_FRAME,
    UNKNOWN_CONN_ID,
    OUTBOX_FULL,
    OUTBOX_CLOSED,
    ILLEGAL_CLOSE_CODE,
    INVALID_JSON,
    NO_BINARY,
    SEND_FAILED
  }

  private static final double NANOS_PER_SECOND = 1e9;
  private static final String TO_BINARY = "phone_to_binary";
  private static final String TO_PHONE = "binary_to_phone";

  private final EventCounters counters;
  private final Map<Drop, LongAdder> drops = new EnumMap<>(Drop.class);
  private final Map<Role, Histogram> roundTrips = new EnumMap<>(Role.class);
  private final Map<Role, Map<CloseCause, LongAdder>> closes = new EnumMap<>(Role.class);
  private final LongAdder framesToBinary;
  private final LongAdder framesToPhone;
  private final LongAdder bytesToBinary;
  private final LongAdder bytesToPhone;
  private final Histogram timeToBinary;
  private final Histogram timeToPhone;

  RelayCounters(EventCounters counters) {
    this.counters = counters;
    framesToBinary = counters.counter(Metric.RELAY_FRAMES_FORWARDED, TO_BINARY);
    framesToPhone = counters.counter(Metric.RELAY_FRAMES_FORWARDED, TO_PHONE);
    bytesToBinary = counters.counter(Metric.RELAY_FORWARDED_BYTES, TO_BINARY);
    bytesToPhone = counters.counter(Metric.RELAY_FORWARDED_BYTES, TO_PHONE);
    timeToBinary = counters.histogram(Metric.RELAY_FORWARD_DURATION_SECONDS, TO_BINARY);
    timeToPhone = counters.histogram(Metric.RELAY_FORWARD_DURATION_SECONDS, TO_PHONE);
    for (Drop drop : Drop.values()) {
      drops.put(drop, counters.counter(Metric.RELAY_FRAMES_DROPPED, direction(drop), label(drop)));
    }
    for (Role role : Role.values()) {
      prepare(role);
    }
    for (String result : new String[] {"alive", "silent", "aborted"}) {
      probe(result, 0);
    }
    for (String outcome : new String[] {"sent", "failed", "suppressed"}) {
      notice(outcome, 0);
    }
    takeovers().add(0);
    reclaims().add(0);
    graceExpiries().add(0);
  }

  private void prepare(Role role) {
    String endpoint = role.endpoint();
    roundTrips.put(role, counters.histogram(Metric.RELAY_PING_RTT_SECONDS, endpoint));
    Map<CloseCause, LongAdder> each = new EnumMap<>(CloseCause.class);
    for (CloseCause cause : CloseCause.values()) {
      each.put(cause, counters.counter(Metric.RELAY_CONNECTIONS_CLOSED, endpoint, cause.label()));
    }
    closes.put(role, each);
    for (Outcome outcome : Outcome.values()) {
      attempt(role, outcome.label, outcome.kind, 0);
    }
    for (Refusal refusal : Refusal.values()) {
      attempt(role, refusal.outcome(), refusal.kind(), 0);
    }
  }

  void decided(Role role, Outcome outcome) {
    attempt(role, outcome.label, outcome.kind, 1);
  }

  void refused(Role role, Refusal refusal) {
    attempt(role, refusal.outcome(), refusal.kind(), 1);
  }

  void forwardedToBinary(int bytes, long nanos) {
    framesToBinary.increment();
    bytesToBinary.add(bytes);
    timeToBinary.record(nanos / NANOS_PER_SECOND);
  }

  void forwardedToPhone(int bytes, long nanos) {
    framesToPhone.increment();
    bytesToPhone.add(bytes);
    timeToPhone.record(nanos / NANOS_PER_SECOND);
  }

  TrafficView forwarded() {
    return new TrafficView(
        framesToBinary.sum(), bytesToBinary.sum(), framesToPhone.sum(), bytesToPhone.sum());
  }

  void dropped(Drop drop) {
    Objects.requireNonNull(drops.get(drop)).increment();
  }

  void closed(Role role, CloseCause cause) {
    Objects.requireNonNull(Objects.requireNonNull(closes.get(role)).get(cause)).increment();
  }

  Histogram roundTrips(Role role) {
    return Objects.requireNonNull(roundTrips.get(role));
  }

  /** What a question whether a binary lives has brought. */
  void probe(String result, int count) {
    counters.counter(Metric.RELAY_CONFLICT_PROBES, result).add(count);
  }

  void notice(String outcome, int count) {
    counters.counter(Metric.RELAY_CLOSE_NOTICES, outcome).add(count);
  }

  LongAdder takeovers() {
    return counters.counter(Metric.RELAY_TAKEOVERS);
  }

  LongAdder reclaims() {
    return counters.counter(Metric.RELAY_RECLAIMS);
  }

  LongAdder graceExpiries() {
    return counters.counter(Metric.RELAY_GRACE_EXPIRIES);
  }

  private void attempt(Role role, String outcome, String kind, int count) {
    counters.counter(Metric.RELAY_WS_UPGRADE_ATTEMPTS, role.endpoint(), outcome).add(count);
    if (!kind.isEmpty()) {
      counters.counter(Metric.RELAY_REGISTER_FAILURES, kind).add(count);
    }
  }

  private static String direction(Drop drop) {
    return switch (drop) {
      case MALFORMED,
          MISSING_CONN_ID,
          MISSING_FRAME,
          UNKNOWN_CONN_ID,
          OUTBOX_FULL,
          OUTBOX_CLOSED,
          ILLEGAL_CLOSE_CODE ->
          TO_PHONE;
      case INVALID_JSON, NO_BINARY, SEND_FAILED -> TO_BINARY;
    };
  }

  private static String label(Drop drop) {
    return drop.name().toLowerCase(Locale.ROOT);
  }
}
