package dev.gatehouse.tracker.flow;

import dev.gatehouse.kernel.limit.SlidingWindow;
import dev.gatehouse.kernel.metric.EventCounters;
import dev.gatehouse.kernel.time.Ticker;
import dev.gatehouse.tracker.config.AnnounceRules;
import dev.gatehouse.tracker.hook.Hook;
import dev.gatehouse.tracker.hook.HookChain;
import dev.gatehouse.tracker.request.Rejections;
import dev.gatehouse.tracker.rule.MemoryRules;
import dev.gatehouse.tracker.rule.OperatorRules;
import dev.gatehouse.tracker.storage.MemoryStore;
import dev.gatehouse.tracker.swarm.Swarms;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** What frontends need behind them, with swarms in memory. */
public final class Logics {

  private static final int LIFETIME_SECONDS = 1860;

  private Logics() {}

  public static Logic logic(Ticker ticker, EventCounters counters, Hook... before) {
    return logic(ticker, counters, Optional.empty(), before);
  }

  public static Logic logic(
      Ticker ticker, EventCounters counters, Optional<SlidingWindow> limit, Hook... before) {
    return new Logic(
        new AnnounceRules(
            Duration.ofMinutes(30), Duration.ofMinutes(15), "gatehouse", true, true, false, 10),
        new Rejections("gatehouse"),
        new OperatorRules(new MemoryRules()),
        new MemoryStore(
            new Swarms(new Swarms.Settings(4, LIFETIME_SECONDS, 100_000, 0), new Random(1)),
            ticker),
        new HookChain(List.of(before), HookChain.Position.PRE, counters, Ticker.system(), false),
        new HookChain(List.of(), HookChain.Position.POST, counters, Ticker.system(), false),
        limit,
        new PendingWrites(10, counters),
        new Totals(),
        ticker);
  }
}
