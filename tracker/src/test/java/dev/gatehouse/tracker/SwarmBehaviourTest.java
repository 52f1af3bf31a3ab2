package dev.gatehouse.tracker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.tracker.RunningTracker.Client;
import dev.gatehouse.tracker.RunningTracker.Told;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What clients see of a swarm, whichever protocol each of them speaks. */
@Timeout(60)
class SwarmBehaviourTest {

  private static final String HASH = "aaaaaaaaaaaaaaaaaaaa";
  private static final String OTHER = "bbbbbbbbbbbbbbbbbbbb";
  private static final String PLAIN =
      "[tracker]\ncount_announcer = false\nlist_lone_announcer = false\n";

  @TempDir Path folder;

  /** The ways to announce. */
  enum Protocol {
    HTTP,
    UDP
  }

  @ParameterizedTest
  @EnumSource
  void countsFollowWhatClientsTell(Protocol protocol) throws Exception {
    try (RunningTracker tracker = new RunningTracker("", folder)) {
      assertCounts(announce(tracker, protocol, 1, "started", 100, 50), 0, 1);
      assertCounts(announce(tracker, protocol, 1, "completed", 0, 50), 1, 0);
      assertCounts(announce(tracker, protocol, 2, "started", 100, 50), 1, 1);
      assertCounts(announce(tracker, protocol, 3, "started", 100, 50), 1, 2);
      assertCounts(announce(tracker, protocol, 2, "stopped", 100, 50), 1, 1);
      assertCounts(announce(tracker, protocol, 3, "stopped", 100, 50), 1, 0);
      assertThat(tracker.tracker().view().swarms().snatches()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @EnumSource
  void everyPeerIsToldOfOthersAndNeverOfItself(Protocol protocol) throws Exception {
    try (RunningTracker tracker = new RunningTracker(PLAIN, folder)) {
      int leechers = 0;
      for (int i = 0; i < 20; i++) {
        boolean seeder = i % 3 == 0;
        Told told = announce(tracker, protocol, i, "started", seeder ? 0 : 1, 10);
        int others = seeder ? leechers : i;
        assertThat(told.ports())
            .hasSize(Math.min(others, 10))
            .doesNotHaveDuplicates()
            .doesNotContain(Client.of(i).port())
            .allMatch(port -> port >= 10_000 && port < 10_020);
        assertCounts(told, i - leechers, leechers);
        leechers += seeder ? 0 : 1;
      }
    }
  }

  @Test
  void bothProtocolsGiveTheSamePeers() throws Exception {
    try (RunningTracker tracker = new RunningTracker(PLAIN, folder)) {
      for (int i = 0; i < 8; i++) {
        announce(tracker, i % 2 == 0 ? Protocol.HTTP : Protocol.UDP, i, "started", i % 3, 50);
      }
      Told byHttp = announce(tracker, Protocol.HTTP, 1, "none", 1, 50);
      Told byUdp = announce(tracker, Protocol.UDP, 1, "none", 1, 50);
      assertThat(byUdp.ports()).containsExactlyInAnyOrderElementsOf(byHttp.ports()).hasSize(7);
      assertCounts(byUdp, byHttp.complete(), byHttp.incomplete());
    }
  }

  @ParameterizedTest
  @EnumSource
  void seedersAreToldOfLeechersAlone(Protocol protocol) throws Exception {
    try (RunningTracker tracker = new RunningTracker("", folder)) {
      announce(tracker, protocol, 1, "started", 0, 50);
      announce(tracker, protocol, 2, "started", 9, 50);
      assertThat(announce(tracker, protocol, 3, "started", 0, 50).ports())
          .containsExactly(Client.of(2).port());
      assertThat(announce(tracker, protocol, 4, "started", 9, 1).ports())
          .containsAnyOf(Client.of(1).port(), Client.of(3).port());
    }
  }

  @ParameterizedTest
  @EnumSource
  void aNewIdAtTheSameEndpointIsTheSamePeer(Protocol protocol) throws Exception {
    try (RunningTracker tracker = new RunningTracker("", folder)) {
      announce(tracker, protocol, 1, "started", 9, 50);
      Client restarted = new Client("-XX0002-000000000001", Client.of(1).port());
      assertCounts(announce(tracker, protocol, restarted, "started", 9, 50), 0, 1);
      assertCounts(announce(tracker, protocol, 1, "stopped", 9, 50), 0, 1);
      assertCounts(announce(tracker, protocol, restarted, "stopped", 9, 50), 0, 0);
    }
  }

  @Test
  void torrentsAreApart() throws Exception {
    try (RunningTracker tracker = new RunningTracker("", folder)) {
      Client client = Client.of(1);
      tracker.announceByHttp(HASH, client, "started", 1, 50);
      Told told = tracker.announceByUdp(OTHER, Client.of(2), 2, 1, 50);
      assertThat(told.ports()).containsExactly(Client.of(2).port());
      assertThat(tracker.tracker().view().swarms().swarms()).isEqualTo(2);
    }
  }

  @Test
  void noMorePeersAreKeptThanMayBeInASwarm() throws Exception {
    try (RunningTracker tracker =
        new RunningTracker("[tracker.limits]\nmax_peers_per_swarm = 5\n", folder)) {
      List<Told> answers = new ArrayList<>();
      for (int i = 0; i < 12; i++) {
        answers.add(announce(tracker, Protocol.UDP, i, "started", 1, 50));
      }
      assertThat(answers).allMatch(told -> told.ports().size() <= 5);
      assertThat(tracker.tracker().view().swarms().peers()).isEqualTo(5);
      assertThat(tracker.tracker().view().swarms().evicted()).isEqualTo(7);
    }
  }

  @Test
  void whereThereIsNoRoomPeersAreAnsweredAndNotKept() throws Exception {
    try (RunningTracker tracker = new RunningTracker("[tracker.limits]\nmax_peers = 3\n", folder)) {
      for (int i = 0; i < 5; i++) {
        Told told = announce(tracker, Protocol.HTTP, i, "started", 1, 50);
        assertThat(told.ports()).isNotEmpty();
      }
      assertThat(tracker.tracker().view().swarms().peers()).isEqualTo(3);
      assertThat(tracker.tracker().view().swarms().refused()).isEqualTo(2);
    }
  }

  private static void assertCounts(Told told, int complete, int incomplete) {
    assertThat(List.of(told.complete(), told.incomplete())).containsExactly(complete, incomplete);
  }

  private static Told announce(
      RunningTracker tracker, Protocol protocol, int number, String event, long left, int wanted)
      throws IOException {
    return announce(tracker, protocol, Client.of(number), event, left, wanted);
  }

  private static Told announce(
      RunningTracker tracker, Protocol protocol, Client client, String event, long left, int wanted)
      throws IOException {
    List<String> numbers = List.of("none", "completed", "started", "stopped");
    return switch (protocol) {
      case HTTP -> tracker.announceByHttp(HASH, client, event, left, wanted);
      case UDP -> tracker.announceByUdp(HASH, client, numbers.indexOf(event), left, wanted);
    };
  }
}
