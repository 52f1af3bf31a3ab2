package dev.gatehouse.proxy.l7.http2;

import dev.gatehouse.kernel.limit.EventBudget;
import dev.gatehouse.proxy.traffic.ListenerTraffic.Abuse;
import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How much of each kind one client of HTTP/2 may do, per window and in the life of its connection
 * (specification of the proxy, section 2.13).
 */
final class FrameBudgets {

  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration RESETS_WINDOW = Duration.ofSeconds(30);
  private static final int RESETS = 200;
  private static final int UNANSWERED_RESETS = 50;
  private static final int LIFETIME_RESETS = 10_000;
  private static final int LIFETIME_SERVER_RESETS = 500;

  private final Map<Abuse, EventBudget> budgets = new EnumMap<>(Abuse.class);
  private final Set<Abuse> progressed = EnumSet.noneOf(Abuse.class);
  private int resets;
  private int serverResets;
  private boolean answered;

  FrameBudgets() {
    budgets.put(Abuse.PING, perSecond(100));
    budgets.put(Abuse.WINDOW_UPDATE, perSecond(100));
    budgets.put(Abuse.SETTINGS, perSecond(50));
    budgets.put(Abuse.EMPTY_DATA, perSecond(100));
    budgets.put(Abuse.EMPTY_HEADERS, perSecond(10));
    budgets.put(Abuse.PRIORITY, perSecond(100));
    budgets.put(Abuse.GLITCH, perSecond(100));
    budgets.put(Abuse.RAPID_RESET, new EventBudget(RESETS, RESETS_WINDOW));
    budgets.put(Abuse.SERVER_RESET, new EventBudget(RESETS, RESETS_WINDOW));
  }

  private static EventBudget perSecond(int events) {
    return new EventBudget(events, SECOND);
  }

  /** One more of that kind; itself where that is too many. */
  Optional<Abuse> take(Abuse kind, long nowNanos) {
    renew(kind);
    EventBudget budget = budgets.get(kind);
    return budget == null || budget.tryTake(nowNanos) ? Optional.empty() : Optional.of(kind);
  }

  /**
   * Windows that open, and pings that measure the way, go with bodies: only without those they are
   * for nothing.
   */
  private void renew(Abuse kind) {
    boolean accompanies = kind == Abuse.WINDOW_UPDATE || kind == Abuse.PING;
    if (accompanies && progressed.remove(kind)) {
      budgets.put(kind, perSecond(100));
    }
  }

  /** The client gave a stream up. */
  Optional<Abuse> reset(long nowNanos) {
    resets++;
    boolean tooMany = resets > LIFETIME_RESETS || (!answered && resets > UNANSWERED_RESETS);
    return tooMany ? Optional.of(Abuse.RAPID_RESET) : take(Abuse.RAPID_RESET, nowNanos);
  }

  /** The client made us give a stream up. */
  Optional<Abuse> serverReset(long nowNanos) {
    serverResets++;
    return serverResets > LIFETIME_SERVER_RESETS
        ? Optional.of(Abuse.SERVER_RESET)
        : take(Abuse.SERVER_RESET, nowNanos).or(() -> take(Abuse.GLITCH, nowNanos));
  }

  /** The client has got a response. */
  void answered() {
    answered = true;
  }

  /** A body has moved, in whichever direction. */
  void progress() {
    progressed.add(Abuse.WINDOW_UPDATE);
    progressed.add(Abuse.PING);
  }
}
