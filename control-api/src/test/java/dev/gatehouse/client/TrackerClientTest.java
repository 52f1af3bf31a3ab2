package dev.gatehouse.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.protobuf.Timestamp;
import dev.gatehouse.client.message.TrackerMessages;
import dev.gatehouse.client.tracker.Collected;
import dev.gatehouse.client.tracker.HashRule;
import dev.gatehouse.client.tracker.HashRule.Verdict;
import dev.gatehouse.client.tracker.ProbeCheck;
import dev.gatehouse.client.tracker.RefreshedSource;
import dev.gatehouse.client.tracker.Swarm;
import dev.gatehouse.client.tracker.SwarmPeer;
import dev.gatehouse.client.tracker.ThrottledClient;
import dev.gatehouse.client.tracker.TrackerStats;
import dev.gatehouse.v1.ClearThrottledRequest;
import dev.gatehouse.v1.ClearThrottledResponse;
import dev.gatehouse.v1.CollectRequest;
import dev.gatehouse.v1.CollectResponse;
import dev.gatehouse.v1.DeleteHashRulesRequest;
import dev.gatehouse.v1.DeleteHashRulesResponse;
import dev.gatehouse.v1.GetSwarmRequest;
import dev.gatehouse.v1.GetSwarmResponse;
import dev.gatehouse.v1.GetTrackerStatsRequest;
import dev.gatehouse.v1.GetTrackerStatsResponse;
import dev.gatehouse.v1.HashVerdict;
import dev.gatehouse.v1.ListHashRulesRequest;
import dev.gatehouse.v1.ListHashRulesResponse;
import dev.gatehouse.v1.ListThrottledRequest;
import dev.gatehouse.v1.ListThrottledResponse;
import dev.gatehouse.v1.ProbeRequest;
import dev.gatehouse.v1.ProbeResponse;
import dev.gatehouse.v1.PutHashRulesRequest;
import dev.gatehouse.v1.PutHashRulesResponse;
import dev.gatehouse.v1.RefreshSourcesRequest;
import dev.gatehouse.v1.RefreshSourcesResponse;
import dev.gatehouse.v1.RemoveSwarmRequest;
import dev.gatehouse.v1.RemoveSwarmResponse;
import dev.gatehouse.v1.TrackerClientCount;
import dev.gatehouse.v1.TrackerError;
import dev.gatehouse.v1.TrackerPort;
import dev.gatehouse.v1.TrackerRequests;
import dev.gatehouse.v1.TrackerServiceGrpc;
import dev.gatehouse.v1.WatchTrackerStatsRequest;
import io.grpc.stub.StreamObserver;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrackerClientTest {

  private static final String ONE = "3532cf2d327fad8448c075b4cb42c8136964a435";
  private static final String OTHER = "4532cf2d327fad8448c075b4cb42c8136964a435";
  private static final Instant DECIDED = Instant.ofEpochSecond(7);

  @TempDir private Path folder;
  private FakeDaemon daemon;
  private GatehouseClient client;
  private TrackerClient tracker;

  @BeforeEach
  void start() throws Exception {
    Path socket = folder.resolve("control.sock");
    daemon = new FakeDaemon(socket, new FakeTracker());
    client = GatehouseClient.open(socket);
    tracker = client.tracker();
  }

  @AfterEach
  void stop() {
    client.close();
    daemon.close();
  }

  @Test
  void whatIsDecidedIsThereUntilItIsForgotten() throws Exception {
    tracker.decide(List.of(ONE, OTHER), Verdict.DENY, "notice 7");
    assertThat(tracker.rules())
        .containsExactly(
            new HashRule(ONE, Verdict.DENY, "notice 7", DECIDED),
            new HashRule(OTHER, Verdict.DENY, "notice 7", DECIDED));
    assertThat(tracker.forget(List.of(ONE))).isEqualTo(1);
    tracker.decide(List.of(OTHER), Verdict.ALLOW, "");
    assertThat(tracker.rules()).extracting(HashRule::verdict).contains(Verdict.ALLOW);
  }

  @Test
  void readsWhatTheTrackerKnowsAndDoes() throws Exception {
    assertThat(tracker.stats())
        .isEqualTo(
            new TrackerStats(
                Duration.ofSeconds(90),
                new TrackerStats.Swarms(1, 2, 3, 4, 5, 6),
                new TrackerStats.Requests(7, 8, 1.5, 2.5),
                9,
                List.of(new TrackerStats.Port("udp", "[::1]:6969")),
                List.of("jwt"),
                List.of("other"),
                10,
                11,
                Optional.empty(),
                new TrackerStats.Answers(
                    List.of(new TrackerStats.Kind("udp", "announce", 7, OptionalDouble.empty())),
                    List.of(new TrackerStats.ErrorCount("invalid port", 2))),
                List.of(new TrackerStats.ClientCount("qBittorrent", 3)),
                true));
  }

  @Test
  void aStreamTellsRates() throws Exception {
    List<TrackerStats> read = new ArrayList<>();
    tracker.watchStats(
        Duration.ofSeconds(2),
        stats -> {
          read.add(stats);
          return read.size() < 2;
        });
    assertThat(read)
        .extracting(stats -> stats.answers().kinds().getFirst().perSecond())
        .containsExactly(OptionalDouble.of(2), OptionalDouble.of(2));
  }

  @Test
  void asksForPeersAndTakesThemOut() throws Exception {
    assertThat(tracker.swarm(ONE, 1).peers())
        .containsExactly(new SwarmPeer("192.0.2.1:6881", "aria2", true, Duration.ofSeconds(5)));
    assertThat(tracker.remove(ONE)).isEqualTo(3);
  }

  @Test
  void tellsWhatBecameOfEachSource() throws Exception {
    assertThat(tracker.refresh("jwt")).containsExactly(new RefreshedSource("jwt", 2, "gone"));
  }

  @Test
  void knowsWhoIsThrottledUntilTheyAreNot() throws Exception {
    assertThat(tracker.throttled(5)).containsExactly(new ThrottledClient("request", "192.0.2.5"));
    assertThat(tracker.clearThrottled("192.0.2.5")).isEqualTo(1);
  }

  @Test
  void aProbeSaysWhatItFound() throws Exception {
    assertThat(tracker.probe("http://a/announce", "udp://a:1", Duration.ofSeconds(3)))
        .containsExactly(new ProbeCheck("http://a/announce udp://a:1", false, "3"));
  }

  @Test
  void aTorrentWithoutARuleHasNone() throws Exception {
    assertThat(tracker.swarm(OTHER, 0)).isEqualTo(new Swarm(1, 2, 3, Optional.empty(), List.of()));
    assertThat(tracker.swarm(ONE, 0).rule())
        .contains(new HashRule(ONE, Verdict.ALLOW, "", DECIDED));
  }

  @Test
  void tellsWhatACollectionTookOut() throws Exception {
    assertThat(tracker.collect()).isEqualTo(new Collected(4, 2));
  }

  @Test
  void aVerdictOfANewerDaemonIsUnknownAndNeverSaidBack() {
    dev.gatehouse.v1.HashRule newer =
        dev.gatehouse.v1.HashRule.newBuilder().setInfoHash(ONE).setVerdictValue(99).build();
    assertThat(TrackerMessages.rule(newer).verdict()).isEqualTo(Verdict.UNKNOWN);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> tracker.decide(List.of(ONE), Verdict.UNKNOWN, ""))
        .withMessageStartingWith("verdict: UNKNOWN");
  }

  /** Keeps the rules it is given; called by one thread at a time. */
  private static final class FakeTracker extends TrackerServiceGrpc.TrackerServiceImplBase {

    private static final Timestamp TIME = Timestamp.newBuilder().setSeconds(7).build();

    private final List<dev.gatehouse.v1.HashRule> rules = new ArrayList<>();

    @Override
    public void getTrackerStats(
        GetTrackerStatsRequest request, StreamObserver<GetTrackerStatsResponse> call) {
      FakeDaemon.answer(
          call,
          GetTrackerStatsResponse.newBuilder()
              .setUptime(com.google.protobuf.Duration.newBuilder().setSeconds(90))
              .setTorrents(1)
              .setSeeders(2)
              .setLeechers(3)
              .setIpv4Peers(4)
              .setIpv6Peers(5)
              .setDownloads(6)
              .setAnnounces(7)
              .setScrapes(8)
              .setAnnouncesPerSecond(1.5)
              .setScrapesPerSecond(2.5)
              .setRefusedPeers(9)
              .addPorts(TrackerPort.newBuilder().setProtocol("udp").setAddress("[::1]:6969"))
              .addPreHooks("jwt")
              .addPostHooks("other")
              .setAllowedTorrents(10)
              .setDeniedTorrents(11)
              .addRequests(
                  TrackerRequests.newBuilder().setProtocol("udp").setAction("announce").setCount(7))
              .addErrors(TrackerError.newBuilder().setText("invalid port").setCount(2))
              .addClients(TrackerClientCount.newBuilder().setClient("qBittorrent").setPeers(3))
              .setStorageUp(true)
              .build());
    }

    @Override
    public void watchTrackerStats(
        WatchTrackerStatsRequest request, StreamObserver<GetTrackerStatsResponse> call) {
      GetTrackerStatsResponse stats =
          GetTrackerStatsResponse.newBuilder()
              .addRequests(
                  TrackerRequests.newBuilder()
                      .setPerSecond((double) request.getInterval().getSeconds()))
              .build();
      call.onNext(stats);
      call.onNext(stats);
      FakeDaemon.answer(call, stats);
    }

    @Override
    public void removeSwarm(RemoveSwarmRequest request, StreamObserver<RemoveSwarmResponse> call) {
      FakeDaemon.answer(call, RemoveSwarmResponse.newBuilder().setRemovedPeers(3).build());
    }

    @Override
    public void refreshSources(
        RefreshSourcesRequest request, StreamObserver<RefreshSourcesResponse> call) {
      FakeDaemon.answer(
          call,
          RefreshSourcesResponse.newBuilder()
              .addSources(
                  dev.gatehouse.v1.RefreshedSource.newBuilder()
                      .setHook(request.getHook())
                      .setEntries(2)
                      .setFailure("gone"))
              .build());
    }

    @Override
    public void listThrottled(
        ListThrottledRequest request, StreamObserver<ListThrottledResponse> call) {
      FakeDaemon.answer(
          call,
          ListThrottledResponse.newBuilder()
              .addClients(
                  dev.gatehouse.v1.ThrottledClient.newBuilder()
                      .setLimit("request")
                      .setAddress("192.0.2." + request.getLimit()))
              .build());
    }

    @Override
    public void clearThrottled(
        ClearThrottledRequest request, StreamObserver<ClearThrottledResponse> call) {
      FakeDaemon.answer(
          call,
          ClearThrottledResponse.newBuilder()
              .setCleared(request.getAddress().isEmpty() ? 9 : 1)
              .build());
    }

    @Override
    public void probe(ProbeRequest request, StreamObserver<ProbeResponse> call) {
      FakeDaemon.answer(
          call,
          ProbeResponse.newBuilder()
              .addChecks(
                  dev.gatehouse.v1.ProbeCheck.newBuilder()
                      .setName(request.getHttpUrl() + " " + request.getUdpUrl())
                      .setDetail(String.valueOf(request.getDelay().getSeconds())))
              .build());
    }

    @Override
    public void getSwarm(GetSwarmRequest request, StreamObserver<GetSwarmResponse> call) {
      GetSwarmResponse.Builder swarm =
          GetSwarmResponse.newBuilder().setSeeders(1).setLeechers(2).setDownloads(3);
      if (request.getInfoHash().equals(ONE)) {
        swarm.setRule(
            dev.gatehouse.v1.HashRule.newBuilder()
                .setInfoHash(ONE)
                .setVerdict(HashVerdict.HASH_VERDICT_ALLOW)
                .setDecided(TIME));
      }
      if (request.getLimit() > 0) {
        swarm.addPeers(
            dev.gatehouse.v1.SwarmPeer.newBuilder()
                .setAddress("192.0.2.1:6881")
                .setClient("aria2")
                .setSeeder(true)
                .setAge(com.google.protobuf.Duration.newBuilder().setSeconds(5)));
      }
      FakeDaemon.answer(call, swarm.build());
    }

    @Override
    public void listHashRules(
        ListHashRulesRequest request, StreamObserver<ListHashRulesResponse> call) {
      FakeDaemon.answer(call, ListHashRulesResponse.newBuilder().addAllRules(rules).build());
    }

    @Override
    public void putHashRules(
        PutHashRulesRequest request, StreamObserver<PutHashRulesResponse> call) {
      request.getRulesList().forEach(rule -> rules.add(rule.toBuilder().setDecided(TIME).build()));
      FakeDaemon.answer(call, PutHashRulesResponse.getDefaultInstance());
    }

    @Override
    public void deleteHashRules(
        DeleteHashRulesRequest request, StreamObserver<DeleteHashRulesResponse> call) {
      rules.removeIf(rule -> request.getInfoHashesList().contains(rule.getInfoHash()));
      FakeDaemon.answer(
          call,
          DeleteHashRulesResponse.newBuilder().setDeleted(request.getInfoHashesCount()).build());
    }

    @Override
    public void collect(CollectRequest request, StreamObserver<CollectResponse> call) {
      FakeDaemon.answer(
          call, CollectResponse.newBuilder().setRemovedPeers(4).setRemovedTorrents(2).build());
    }
  }
}
