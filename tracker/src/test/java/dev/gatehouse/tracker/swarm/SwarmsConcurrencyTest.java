package dev.gatehouse.tracker.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.kernel.address.Endpoint;
import dev.gatehouse.tracker.request.Announce;
import dev.gatehouse.tracker.request.Announces;
import dev.gatehouse.tracker.request.Change;
import dev.gatehouse.tracker.request.Scrape;
import dev.gatehouse.tracker.request.Selection;
import dev.gatehouse.tracker.swarm.PlainSwarms.Asking;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Threads that each know what their own peers did find exactly that once all are done. */
class SwarmsConcurrencyTest {

  private static final int THREADS = 4;
  private static final int PEERS = 50;
  private static final int TORRENTS = 5;
  private static final int OPERATIONS = 10_000;

  private final Swarms swarms =
      new Swarms(new Swarms.Settings(2, 1_000, Integer.MAX_VALUE, 0), new Random(6), 8);
  private final AtomicBoolean done = new AtomicBoolean();

  @Test
  void nothingIsLostAndNobodyIsHandedOutTwice() throws Exception {
    List<PlainSwarms> known;
    try (ExecutorService threads = Executors.newFixedThreadPool(THREADS + 1)) {
      Future<?> collector = threads.submit(this::collect);
      List<Future<PlainSwarms>> workers = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        int worker = i;
        workers.add(threads.submit(() -> work(worker)));
      }
      known = results(workers);
      done.set(true);
      collector.get();
    }
    int peers = 0;
    for (int torrent = 0; torrent < TORRENTS; torrent++) {
      peers += assertSame(torrent, known);
    }
    assertThat(swarms.counts().peers()).isEqualTo(peers);
  }

  private static List<PlainSwarms> results(List<Future<PlainSwarms>> workers)
      throws ExecutionException, InterruptedException {
    List<PlainSwarms> results = new ArrayList<>();
    for (Future<PlainSwarms> worker : workers) {
      results.add(worker.get());
    }
    return results;
  }

  private PlainSwarms work(int worker) {
    PlainSwarms own = new PlainSwarms(1_000);
    Random random = new Random(worker);
    Selection selection = new Selection();
    Change[] changes = Change.values();
    for (int i = 0; i < OPERATIONS; i++) {
      int peer = worker * PEERS + random.nextInt(PEERS);
      Endpoint endpoint = peer % 3 == 0 ? Announces.ipv6(peer) : Announces.ipv4(peer);
      Asking asking =
          new Asking(
              Announces.torrent(random.nextInt(TORRENTS)),
              Announces.id(peer),
              List.of(endpoint),
              changes[random.nextInt(changes.length)]);
      Announce announce =
          Announces.announce(asking.torrent(), asking.id(), asking.change(), endpoint);
      announce.asks(asking.change(), false, random.nextInt(300));
      swarms.announce(announce, 0, selection);
      assertThat(Announces.endpoints(selection)).doesNotHaveDuplicates().doesNotContain(endpoint);
      own.apply(asking, 0);
    }
    return own;
  }

  private void collect() {
    while (!done.get()) {
      Collection collection = swarms.collection(0);
      while (collection.step()) {
        // nobody's time is over
      }
      assertThat(collection.removedPeers()).isZero();
    }
  }

  private int assertSame(int torrent, List<PlainSwarms> known) {
    Scrape scrape = new Scrape();
    scrape.add(Announces.torrent(torrent));
    swarms.scrape(scrape, 0);
    int seeders = 0;
    int leechers = 0;
    int snatches = 0;
    for (PlainSwarms own : known) {
      seeders += own.count(Announces.torrent(torrent), true);
      leechers += own.count(Announces.torrent(torrent), false);
      snatches += own.snatches(Announces.torrent(torrent));
    }
    assertThat(scrape.seeders(0)).isEqualTo(seeders);
    assertThat(scrape.leechers(0)).isEqualTo(leechers);
    assertThat(scrape.snatches(0)).isEqualTo(snatches);
    return seeders + leechers;
  }
}
