package dev.gatehouse.proxy.upstream;

import dev.gatehouse.kernel.limit.EventBudget;
import dev.gatehouse.net.connect.DialFailure;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells of failed dials of one group, however many there are, in one line per ten seconds. */
final class DialLog {

  static final Duration WINDOW = Duration.ofSeconds(10);

  private static final Logger log = LoggerFactory.getLogger(DialLog.class);

  private final EventBudget budget = new EventBudget(1, WINDOW);

  void failed(Backend backend, DialFailure cause, long nowNanos) {
    long suppressed = budget.takeSurplus(nowNanos);
    if (budget.tryTake(nowNanos)) {
      log.atWarn()
          .setMessage("dial_failed")
          .addKeyValue("backend", backend)
          .addKeyValue("cause", cause.label())
          .addKeyValue("suppressed", suppressed)
          .log();
    }
  }
}
