package dev.gatehouse.tracker.storage;

import static dev.gatehouse.tracker.request.Announces.id;
import static dev.gatehouse.tracker.request.Announces.ipv4;
import static dev.gatehouse.tracker.request.Announces.torrent;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.tracker.request.Announce;
import dev.gatehouse.tracker.request.Announces;
import dev.gatehouse.tracker.request.Change;
import dev.gatehouse.tracker.request.Scrape;
import dev.gatehouse.tracker.request.Selection;
import dev.gatehouse.tracker.swarm.Swarms;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MemoryStoreTest extends SwarmStoreContract {

  @Override
  protected SwarmStore open() {
    return new MemoryStore(swarms(), ticker);
  }

  static Swarms swarms() {
    return new Swarms(
        new Swarms.Settings(16, (int) LIFETIME.toSeconds(), Integer.MAX_VALUE, 0), new Random(5));
  }

  @Test
  void answersBeforeTheCallReturns() {
    try (SwarmStore store = open()) {
      Announce announce = Announces.announce(torrent(1), id(1), Change.SEED, ipv4(1));
      assertThat(SwarmStore.AT_ONCE.equals(store.announce(announce, new Selection()))).isTrue();
      assertThat(SwarmStore.AT_ONCE.equals(store.select(announce, new Selection()))).isTrue();
      assertThat(SwarmStore.AT_ONCE.equals(store.apply(announce))).isTrue();
      assertThat(SwarmStore.AT_ONCE.equals(store.scrape(new Scrape()))).isTrue();
    }
  }
}
