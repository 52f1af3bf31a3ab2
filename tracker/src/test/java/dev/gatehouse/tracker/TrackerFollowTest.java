package dev.gatehouse.tracker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.gatehouse.kernel.address.IpAddress;
import dev.gatehouse.testkit.Await;
import dev.gatehouse.testkit.LogGuard;
import dev.gatehouse.tracker.RunningTracker.Client;
import dev.gatehouse.tracker.RunningTracker.Told;
import dev.gatehouse.tracker.hook.Hook;
import dev.gatehouse.tracker.probe.Probe;
import dev.gatehouse.wire.Bytes;
import dev.gatehouse.wire.tracker.InfoHash;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A tracker that is told something else while it runs, by a file or by an operator. */
@Timeout(60)
class TrackerFollowTest {

  private static final String HASH = "aaaaaaaaaaaaaaaaaaaa";
  private static final String OTHER = "bbbbbbbbbbbbbbbbbbbb";
  private static final String OPEN = "[tracker]\n";
  private static final String LIST =
      """
      [tracker]
      [[tracker.prehooks]]
      name = "torrent approval"
      [tracker.prehooks.config]
      initial_source = "%s"
      [tracker.prehooks.config.configuration]
      %s
      """;

  @RegisterExtension private final LogGuard log = new LogGuard();
  @TempDir private Path folder;

  @Test
  void theNextRequestOfTheSameConnectionIsAnsweredByTheNewWordsAndPeersStay() throws Exception {
    try (RunningTracker tracker = new RunningTracker(OPEN, folder)) {
      assertThat(announce(tracker, HASH, 1)).contains("8:intervali1800e");
      tracker.follow(OPEN + "announce_interval = \"20m\"\nmin_announce_interval = \"0s\"\n");
      assertThat(announce(tracker, HASH, 2))
          .contains("10:incompletei2e", "8:intervali1200e", "5:peers6:");
      Told byUdp = tracker.announceByUdp(HASH, Client.of(3), 2, 1, 50);
      assertThat(byUdp.incomplete()).isEqualTo(3);
    }
  }

  @Test
  void hooksComeChangeAndGo() throws Exception {
    try (RunningTracker tracker = new RunningTracker(OPEN, folder)) {
      tracker.follow(list(HASH));
      assertThat(announce(tracker, OTHER, 1)).contains("torrent not allowed by gatehouse");
      assertThat(tracker.tracker().view().preHooks()).containsExactly("torrent approval");
      tracker.follow(list(OTHER));
      assertThat(announce(tracker, OTHER, 1)).contains("10:incompletei1e");
      assertThat(announce(tracker, HASH, 1)).contains("torrent not allowed by gatehouse");
      tracker.follow(OPEN);
      assertThat(announce(tracker, HASH, 1)).contains("10:incompletei1e");
    }
  }

  @Test
  void aFileIsReadAgainAlthoughItsHookHasNotChanged() throws Exception {
    Path file = Files.writeString(folder.resolve("list"), "61".repeat(20) + "\n");
    String byFile = LIST.formatted("file", "path = \"%s\"\nperiod = \"1h\"".formatted(file));
    try (RunningTracker tracker = new RunningTracker(byFile, folder)) {
      assertThat(announce(tracker, OTHER, 1)).contains("torrent not allowed");
      Files.writeString(file, "61".repeat(20) + "\n" + "62".repeat(20) + "\n");
      tracker.follow(byFile);
      assertThat(announce(tracker, OTHER, 1)).contains("10:incompletei1e");
      assertThat(announce(tracker, HASH, 1)).contains("10:incompletei1e");
    }
  }

  @Test
  void operatorsHaveSourcesReadAgain() throws Exception {
    Path file = Files.writeString(folder.resolve("list"), "61".repeat(20) + "\n");
    String byFile = LIST.formatted("file", "path = \"%s\"\nperiod = \"1h\"".formatted(file));
    try (RunningTracker tracker = new RunningTracker(byFile, folder)) {
      TrackerAdmin admin = tracker.tracker();
      Files.writeString(file, "61".repeat(20) + "\n" + "62".repeat(20) + "\n");
      assertThat(admin.sources()).containsExactly("torrent approval");
      assertThat(admin.refresh(Optional.empty()))
          .containsExactly(new Hook.Refresh("torrent approval", 2, ""));
      assertThat(announce(tracker, OTHER, 1)).contains("10:incompletei1e");
      Files.delete(file);
      assertThat(admin.refresh(Optional.of("torrent approval")))
          .singleElement()
          .satisfies(
              refresh -> {
                assertThat(refresh.entries()).isEqualTo(2);
                assertThat(refresh.failure()).contains("list");
              });
      log.expect("approval_scan_failed");
      assertThat(announce(tracker, OTHER, 1)).contains("10:incompletei1e");
    }
  }

  @Test
  void otherLimitsHoldFromThenOnAndThoseBeyondThemAreKnown() throws Exception {
    String limited = OPEN + "[tracker.limits]\nrequests_per_address = 2\nrequest_window = \"1h\"\n";
    try (RunningTracker tracker = new RunningTracker(OPEN, folder)) {
      TrackerAdmin admin = tracker.tracker();
      tracker.follow(limited);
      announce(tracker, HASH, 1);
      announce(tracker, HASH, 1);
      tracker.follow(limited + "max_peers_per_swarm = 1\n");
      assertThat(announce(tracker, HASH, 1)).contains("request limit exceeded");
      IpAddress client = IpAddress.parse("127.0.0.1").orElseThrow();
      assertThat(admin.throttled(9)).containsExactly(new TrackerView.Throttled("request", client));
      assertThat(admin.clearThrottled(Optional.of(client))).isEqualTo(1);
      assertThat(announce(tracker, HASH, 2)).contains("10:incompletei2e");
      assertThat(admin.view().swarms().peers()).isEqualTo(1);
    }
  }

  @Test
  void operatorsSeeASwarmAndTakeEverybodyOut() throws Exception {
    try (RunningTracker tracker = new RunningTracker(OPEN, folder)) {
      TrackerAdmin admin = tracker.tracker();
      InfoHash torrent = InfoHash.parse(Bytes.utf8(HASH)).orElseThrow();
      announce(tracker, HASH, 1);
      assertThat(admin.swarm(torrent, 5).peers())
          .extracting(
              peer -> peer.address().toString(),
              TrackerView.PeerView::client,
              TrackerView.PeerView::seeder)
          .containsExactly(tuple("127.0.0.1:10001", "other", false));
      assertThat(admin.swarm(torrent, 0).peers()).isEmpty();
      // who has the answer may be faster than who counts it
      RequestCounts.Kind one = new RequestCounts.Kind("http", "announce", 1);
      Await.until("it is counted", () -> admin.requests().kinds().contains(one));
      assertThat(admin.remove(torrent)).isEqualTo(1);
      assertThat(admin.swarm(torrent, 5).leechers()).isZero();
    }
  }

  @Test
  void aProbeFindsThatItWorksAndLeavesNobodyBehind() throws Exception {
    try (RunningTracker tracker = new RunningTracker(OPEN, folder)) {
      List<Probe.Check> checks =
          tracker
              .tracker()
              .probe(
                  new Probe.Target(
                      "http://127.0.0.1:%d/announce".formatted(tracker.port()),
                      "udp://127.0.0.1:" + tracker.port(),
                      Duration.ofMillis(1)));
      assertThat(checks).hasSize(6).allMatch(Probe.Check::passed);
      assertThat(tracker.tracker().view().swarms().peers()).isZero();
    }
  }

  private static String list(String hash) {
    return LIST.formatted("list", "hash_list = [\"%s\"]".formatted(hash));
  }

  private static String announce(RunningTracker tracker, String hash, int client)
      throws IOException {
    return tracker
        .http()
        .get(
            "/announce?info_hash=%s&peer_id=%s&port=%d&uploaded=0&downloaded=0&left=1"
                .formatted(hash, Client.of(client).id(), Client.of(client).port()))
        .body();
  }
}
