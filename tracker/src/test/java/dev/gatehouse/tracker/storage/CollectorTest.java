package dev.gatehouse.tracker.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.kernel.lifecycle.Part;
import dev.gatehouse.kernel.metric.EventCounters;
import dev.gatehouse.kernel.metric.Metric;
import dev.gatehouse.testkit.Await;
import dev.gatehouse.testkit.LogGuard;
import dev.gatehouse.testkit.ManualTicker;
import dev.gatehouse.testkit.PartContract;
import dev.gatehouse.tracker.request.Announces;
import dev.gatehouse.tracker.request.Change;
import dev.gatehouse.tracker.swarm.Swarms;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class CollectorTest extends PartContract {

  private static final Duration SHORT = Duration.ofMillis(10);

  @RegisterExtension final LogGuard log = new LogGuard();

  private final ManualTicker ticker = new ManualTicker();
  private final EventCounters counters = new EventCounters();
  private final MemoryStore store =
      new MemoryStore(new Swarms(new Swarms.Settings(2, 60, 1000, 0), new Random(1)), ticker);

  @Override
  protected Part newPart() {
    return collector(SHORT);
  }

  @Test
  void exactlyThoseGoWhoDidNotComeAgain() {
    for (int torrent = 0; torrent < 20; torrent++) {
      announce(torrent, 0, 25);
    }
    ticker.advance(Duration.ofSeconds(30));
    for (int torrent = 0; torrent < 10; torrent++) {
      announce(torrent, 25, 50);
    }
    ticker.advance(Duration.ofSeconds(30));
    Collector collector = collector(Duration.ofHours(1));
    Collected _ = collector.collect();
    assertThat(store.counts().peers()).isEqualTo(250);
    assertThat(store.counts().swarms()).isEqualTo(10);
    assertThat(counters.counter(Metric.TRACKER_STORAGE_GC_REMOVED, "peer").sum()).isEqualTo(500);
    assertThat(counters.counter(Metric.TRACKER_STORAGE_GC_REMOVED, "swarm").sum()).isEqualTo(10);
    assertThat(collector.last().orElseThrow().ended()).isEqualTo(ticker.now());
  }

  @Test
  void itGoesOnAgainAndAgain() throws Exception {
    Collector collector = collector(SHORT);
    collector.start();
    for (int round = 0; round < 3; round++) {
      announce(round, 0, 5);
      ticker.advance(Duration.ofMinutes(2));
      Await.until("a collection", () -> store.counts().peers() == 0);
    }
    collector.close();
  }

  @Test
  void aStoreThatFailsDoesNotEndIt() {
    log.expect("gc_failed");
    store.close();
    Collector collector = collector(Duration.ofHours(1));
    Collected _ = collector.collect();
    assertThat(collector.last()).isEmpty();
  }

  private void announce(int torrent, int from, int to) {
    for (int peer = from; peer < to; peer++) {
      store.apply(
          Announces.announce(
              Announces.torrent(torrent), Announces.id(peer), Change.LEECH, Announces.ipv4(peer)));
    }
  }

  private Collector collector(Duration period) {
    return new Collector(store, period, ticker, counters);
  }
}
