package dev.gatehouse.proxy.l7.connection;

import dev.gatehouse.kernel.limit.EventBudget;
import dev.gatehouse.kernel.time.Ticker;
import dev.gatehouse.proxy.exchange.ClientConnection;
import dev.gatehouse.proxy.traffic.ListenerTraffic.Abuse;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells of abuse, however much there is, in a few lines. */
public final class AbuseLog {

  private static final Logger log = LoggerFactory.getLogger(AbuseLog.class);
  private static final int LINES = 5;
  private static final Duration WINDOW = Duration.ofSeconds(10);

  private final EventBudget budget = new EventBudget(LINES, WINDOW);
  private final Ticker ticker;

  AbuseLog(Ticker ticker) {
    this.ticker = ticker;
  }

  /** One more connection was ended for that. */
  public void tell(ClientConnection client, Abuse kind) {
    long now = ticker.nanos();
    long suppressed = budget.takeSurplus(now);
    if (budget.tryTake(now)) {
      log.atWarn()
          .setMessage("h2_abuse")
          .addKeyValue("kind", kind.label())
          .addKeyValue("client", client.client())
          .addKeyValue("suppressed", suppressed)
          .log();
    }
  }
}
