package dev.gatehouse.tracker.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.kernel.address.AddressFamily;
import dev.gatehouse.kernel.address.Endpoint;
import dev.gatehouse.tracker.request.Announce;
import dev.gatehouse.tracker.request.AnnounceReply;
import dev.gatehouse.tracker.request.Announces;
import dev.gatehouse.tracker.request.Change;
import dev.gatehouse.tracker.request.Selection;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResponseStepTest {

  private static final Endpoint FOUR = Announces.ipv4(1);
  private static final Endpoint SIX = Announces.ipv6(1);

  private final Selection selection = new Selection();
  private final AnnounceReply reply = new AnnounceReply();

  @BeforeEach
  void clear() {
    selection.clear();
    reply.begin(1, 1);
  }

  @ParameterizedTest
  @CsvSource({
    "LEECH, 0, 0, 5, 8",
    "LEECH, 0, 1, 5, 7",
    "LEECH, 1, 0, 4, 8",
    "SEED, 0, 1, 6, 6",
    "SEED, 1, 0, 5, 7",
    "COMPLETE, 0, 1, 6, 6",
    "STOP, 1, 0, 4, 7",
    "STOP, 0, 1, 5, 6",
    "STOP, 0, 0, 5, 7",
    "NOTHING, 0, 1, 5, 7",
  })
  void countsAreThoseAfterTheAnnounce(
      Change change, int ownSeeders, int ownLeechers, int complete, int incomplete) {
    selection.counted(5, 7);
    selection.countedOwn(ownSeeders, ownLeechers);
    complete(new ResponseStep(true, true), announce(change, false, 50, FOUR));
    assertThat(reply.complete()).isEqualTo(complete);
    assertThat(reply.incomplete()).isEqualTo(incomplete);
  }

  @Test
  void countsCanBeThoseBeforeTheAnnounce() {
    selection.counted(5, 7);
    complete(new ResponseStep(false, true), announce(Change.SEED, true, 50, FOUR));
    assertThat(reply.complete()).isEqualTo(5);
    assertThat(reply.incomplete()).isEqualTo(7);
  }

  @Test
  void whoIsAloneIsToldOfAllItsAddresses() {
    complete(new ResponseStep(true, true), announce(Change.LEECH, false, 50, FOUR, SIX));
    assertThat(Announces.endpoints(selection)).containsExactly(FOUR, SIX);
    assertThat(reply.incomplete()).isEqualTo(2);
  }

  @Test
  void whoIsAloneIsToldOfOneFamilyWhereTheAnswerHasNoRoomForMore() {
    Announce announce = announce(Change.LEECH, false, 50, FOUR, SIX);
    announce.wantsOnly(AddressFamily.IPV6);
    complete(new ResponseStep(true, true), announce);
    assertThat(Announces.endpoints(selection)).containsExactly(SIX);
  }

  @ParameterizedTest
  @CsvSource({"true, 1, 0", "false, 0, 1"})
  void whoIsListedIsCountedToo(boolean seeder, int complete, int incomplete) {
    Change change = seeder ? Change.SEED : Change.LEECH;
    complete(new ResponseStep(false, true), announce(change, seeder, 50, FOUR));
    assertThat(reply.complete()).isEqualTo(complete);
    assertThat(reply.incomplete()).isEqualTo(incomplete);
  }

  @Test
  void anEmptyListIsNoEmptySwarm() {
    selection.counted(1, 0);
    complete(new ResponseStep(true, true), announce(Change.SEED, true, 50, FOUR));
    assertThat(Announces.endpoints(selection)).isEmpty();
  }

  @Test
  void whoWantsNobodyOrLeavesIsNotListed() {
    complete(new ResponseStep(true, true), announce(Change.LEECH, false, 0, FOUR));
    assertThat(Announces.endpoints(selection)).isEmpty();
    complete(new ResponseStep(true, true), announce(Change.STOP, false, 50, FOUR));
    assertThat(Announces.endpoints(selection)).isEmpty();
  }

  @Test
  void whoIsAloneIsNotListedIfSaidSo() {
    complete(new ResponseStep(true, false), announce(Change.LEECH, false, 50, FOUR));
    assertThat(Announces.endpoints(selection)).isEmpty();
    assertThat(reply.incomplete()).isEqualTo(1);
  }

  private void complete(ResponseStep step, Announce announce) {
    step.complete(announce, selection, reply);
  }

  private static Announce announce(
      Change change, boolean seeder, int numWant, Endpoint... addresses) {
    Announce announce =
        Announces.announce(Announces.torrent(1), Announces.id(1), change, addresses);
    announce.asks(change, seeder, numWant);
    return announce;
  }
}
