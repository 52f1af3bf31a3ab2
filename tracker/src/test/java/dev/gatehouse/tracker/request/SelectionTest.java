package dev.gatehouse.tracker.request;

import static dev.gatehouse.tracker.request.Announces.announce;
import static dev.gatehouse.tracker.request.Announces.id;
import static dev.gatehouse.tracker.request.Announces.ipv4;
import static dev.gatehouse.tracker.request.Announces.ipv6;
import static dev.gatehouse.tracker.request.Announces.torrent;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.kernel.address.AddressFamily;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SelectionTest {

  private final Selection selection = new Selection();

  /** Five seeders and four leechers, of whom one and two are the peer itself. */
  @ParameterizedTest
  @CsvSource({"LEECH, 4, 4", "SEED, 6, 2", "COMPLETE, 6, 2", "STOP, 4, 2", "NOTHING, 5, 4"})
  void countsAfterTheAnnounceFollowFromThoseBefore(Change change, int seeders, int leechers) {
    selection.counted(5, 4);
    selection.countedOwn(1, 2);
    Announce announce = announce(torrent(1), id(1), change, ipv4(1), ipv6(1));
    assertThat(selection.seedersAfter(announce)).isEqualTo(seeders);
    assertThat(selection.leechersAfter(announce)).isEqualTo(leechers);
  }

  @Test
  void isAloneWithoutAnybodyElse() {
    assertThat(selection.isAlone()).isTrue();
    selection.counted(1, 1);
    selection.countedOwn(1, 1);
    assertThat(selection.isAlone()).isTrue();
    selection.countedOwn(0, 1);
    assertThat(selection.isAlone()).isFalse();
  }

  @Test
  void isUsedAgainAndForgetsTheLastOne() {
    selection.counted(1, 2);
    selection.peers(AddressFamily.IPV4).add(ipv4(1), id(1));
    selection.peers(AddressFamily.IPV6).add(ipv6(1), id(1));
    selection.clear();
    assertThat(Announces.endpoints(selection)).isEmpty();
    assertThat(selection.seeders() + selection.leechers()).isZero();
  }
}
