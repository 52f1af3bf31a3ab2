package dev.gatehouse.control.tracker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.gatehouse.control.CallFailure;
import dev.gatehouse.control.Daemon;
import dev.gatehouse.control.RawChannel;
import dev.gatehouse.control.call.Audit;
import dev.gatehouse.kernel.address.Endpoint;
import dev.gatehouse.kernel.address.IpAddress;
import dev.gatehouse.testkit.LogGuard;
import dev.gatehouse.testkit.ManualTicker;
import dev.gatehouse.tracker.RequestCounts;
import dev.gatehouse.tracker.TrackerAdmin;
import dev.gatehouse.tracker.TrackerView;
import dev.gatehouse.tracker.client.ClientCounts;
import dev.gatehouse.tracker.client.ClientSoftware;
import dev.gatehouse.tracker.hook.Hook;
import dev.gatehouse.tracker.probe.Probe;
import dev.gatehouse.tracker.rule.MemoryRules;
import dev.gatehouse.tracker.rule.OperatorRules;
import dev.gatehouse.tracker.storage.Collected;
import dev.gatehouse.tracker.storage.Collector;
import dev.gatehouse.tracker.swarm.SwarmCounts;
import dev.gatehouse.v1.ClearThrottledRequest;
import dev.gatehouse.v1.CollectRequest;
import dev.gatehouse.v1.CollectResponse;
import dev.gatehouse.v1.DeleteHashRulesRequest;
import dev.gatehouse.v1.GetSwarmRequest;
import dev.gatehouse.v1.GetSwarmResponse;
import dev.gatehouse.v1.GetTrackerStatsRequest;
import dev.gatehouse.v1.GetTrackerStatsResponse;
import dev.gatehouse.v1.HashRule;
import dev.gatehouse.v1.HashVerdict;
import dev.gatehouse.v1.ListHashRulesRequest;
import dev.gatehouse.v1.ListThrottledRequest;
import dev.gatehouse.v1.ProbeRequest;
import dev.gatehouse.v1.PutHashRulesRequest;
import dev.gatehouse.v1.RefreshSourcesRequest;
import dev.gatehouse.v1.RefreshedSource;
import dev.gatehouse.v1.RemoveSwarmRequest;
import dev.gatehouse.v1.SwarmPeer;
import dev.gatehouse.v1.ThrottledClient;
import dev.gatehouse.v1.TrackerClientCount;
import dev.gatehouse.v1.TrackerError;
import dev.gatehouse.v1.TrackerPort;
import dev.gatehouse.v1.TrackerRequests;
import dev.gatehouse.v1.TrackerServiceGrpc;
import dev.gatehouse.v1.WatchTrackerStatsRequest;
import dev.gatehouse.wire.tracker.InfoHash;
import io.grpc.Status.Code;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class TrackerCallsTest {

  private static final String HASH = "3532cf2d327fad8448c075b4cb42c8136964a435";
  private static final String LONG =
      "9367f05cc197c61af96eebaa14ae2e47db5761a7ba26eaab959e3f99bdecf408";

  @TempDir private Path folder;
  @RegisterExtension private final LogGuard log = new LogGuard();
  private final ManualTicker ticker = new ManualTicker();
  private final FakeTracker tracker = new FakeTracker();
  private Daemon daemon;
  private RawChannel raw;
  private TrackerServiceGrpc.TrackerServiceBlockingStub stub;

  /** A tracker with one torrent in it. */
  private static final class FakeTracker implements TrackerAdmin {

    private static final Collected COLLECTED =
        new Collected(
            1,
            1,
            List.of(),
            new ClientCounts(Map.of(ClientSoftware.ARIA2, 4L, ClientSoftware.VUZE, 0L), List.of()));

    private long announces;
    private final OperatorRules operators = new OperatorRules(new MemoryRules());

    @Override
    public TrackerView view() {
      return new TrackerView(
          Duration.ofSeconds(90),
          new SwarmCounts(1, 2, 3, 4, 1, 5, 6, 7),
          8,
          9,
          1.5,
          2.5,
          List.of(
              new TrackerView.Port("udp", new Endpoint(IpAddress.parse("::1").orElseThrow(), 1))),
          List.of("jwt"),
          List.of(),
          Optional.of(new Collector.Run(COLLECTED, Instant.ofEpochSecond(10))),
          true);
    }

    @Override
    public RequestCounts requests() {
      announces += 10;
      return new RequestCounts(
          List.of(new RequestCounts.Kind("udp", "announce", announces)),
          new TreeMap<>(Map.of("invalid port", 2L)));
    }

    @Override
    public TrackerView.SwarmView swarm(InfoHash torrent, int peers) {
      TrackerView.PeerView peer =
          new TrackerView.PeerView(
              new Endpoint(IpAddress.parse("192.0.2.1").orElseThrow(), 6881),
              "aria2",
              true,
              Duration.ofSeconds(7));
      return new TrackerView.SwarmView(2, 3, 5, Collections.nCopies(Math.min(peers, 2), peer));
    }

    @Override
    public int remove(InfoHash torrent) {
      return torrent.toString().equals(HASH) ? 5 : 0;
    }

    @Override
    public List<String> sources() {
      return List.of("jwt", "torrent approval");
    }

    @Override
    public List<Hook.Refresh> refresh(Optional<String> hook) {
      return hook.map(List::of).orElse(sources()).stream()
          .map(name -> new Hook.Refresh(name, 3, name.equals("jwt") ? "gone" : ""))
          .toList();
    }

    @Override
    public List<TrackerView.Throttled> throttled(int most) {
      return List.of(
          new TrackerView.Throttled("request", IpAddress.parse("2001:db8::").orElseThrow()),
          new TrackerView.Throttled("error_reply", IpAddress.ipv4(most)));
    }

    @Override
    public int clearThrottled(Optional<IpAddress> client) {
      return client.isPresent() ? 1 : 2;
    }

    @Override
    public List<Probe.Check> probe(Probe.Target target) {
      return List.of(new Probe.Check("asked", false, target.toString()));
    }

    @Override
    public OperatorRules operators() {
      return operators;
    }

    @Override
    public Collected collect() {
      return new Collected(4, 2, List.of(), ClientCounts.NONE);
    }
  }

  @BeforeEach
  void start() throws IOException {
    daemon = new Daemon(folder, new TrackerCalls(tracker, new Audit(), ticker));
    raw = new RawChannel(daemon.socket());
    stub = TrackerServiceGrpc.newBlockingStub(raw.channel());
  }

  @AfterEach
  void stop() throws IOException {
    raw.close();
    daemon.close();
  }

  @Test
  void tellsHowMuchTheTrackerKnows() {
    put(rule(HASH, HashVerdict.HASH_VERDICT_DENY));
    GetTrackerStatsResponse stats =
        stub.getTrackerStats(GetTrackerStatsRequest.getDefaultInstance());
    assertThat(stats)
        .isEqualTo(
            GetTrackerStatsResponse.newBuilder()
                .setUptime(com.google.protobuf.Duration.newBuilder().setSeconds(90))
                .setTorrents(1)
                .setSeeders(2)
                .setLeechers(3)
                .setIpv4Peers(4)
                .setIpv6Peers(1)
                .setDownloads(5)
                .setRefusedPeers(13)
                .setAnnounces(8)
                .setScrapes(9)
                .setAnnouncesPerSecond(1.5)
                .setScrapesPerSecond(2.5)
                .addPorts(TrackerPort.newBuilder().setProtocol("udp").setAddress("[::1]:1"))
                .addPreHooks("jwt")
                .setDeniedTorrents(1)
                .setLastCollection(com.google.protobuf.Timestamp.newBuilder().setSeconds(10))
                .addRequests(
                    TrackerRequests.newBuilder()
                        .setProtocol("udp")
                        .setAction("announce")
                        .setCount(10))
                .addErrors(TrackerError.newBuilder().setText("invalid port").setCount(2))
                .addClients(TrackerClientCount.newBuilder().setClient("aria2").setPeers(4))
                .setStorageUp(true)
                .build());
  }

  @Test
  void aStreamTellsHowManyRequestsThereWereInBetween() {
    Iterator<GetTrackerStatsResponse> stream =
        stub.watchTrackerStats(
            WatchTrackerStatsRequest.newBuilder()
                .setInterval(com.google.protobuf.Duration.newBuilder().setNanos(200_000_000))
                .build());
    assertThat(stream.next().getRequests(0).hasPerSecond()).isFalse();
    ticker.advance(Duration.ofSeconds(4));
    assertThat(stream.next().getRequests(0).getPerSecond()).isEqualTo(2.5);
  }

  @Test
  void aStreamIsNeitherTooFastNorTooSlow() {
    WatchTrackerStatsRequest often =
        WatchTrackerStatsRequest.newBuilder()
            .setInterval(com.google.protobuf.Duration.newBuilder().setNanos(1_000_000))
            .build();
    CallFailure failure = CallFailure.of(() -> stub.watchTrackerStats(often).next());
    assertThat(failure.code()).isEqualTo(Code.INVALID_ARGUMENT);
    assertThat(failure.violations()).singleElement().asString().startsWith("interval: ");
  }

  @Test
  void showsSoManyPeersOfATorrentAsWereAskedFor() {
    GetSwarmRequest.Builder request = GetSwarmRequest.newBuilder().setInfoHash(HASH);
    assertThat(stub.getSwarm(request.setLimit(2).build()).getPeersList())
        .hasSize(2)
        .contains(
            SwarmPeer.newBuilder()
                .setAddress("192.0.2.1:6881")
                .setClient("aria2")
                .setSeeder(true)
                .setAge(com.google.protobuf.Duration.newBuilder().setSeconds(7))
                .build());
    CallFailure failure = CallFailure.of(() -> stub.getSwarm(request.setLimit(1001).build()));
    assertThat(failure.violations()).singleElement().asString().startsWith("limit: 1001: ");
  }

  @Test
  void takesEverybodyOutOfOneSwarm() {
    RemoveSwarmRequest request = RemoveSwarmRequest.newBuilder().setInfoHash(HASH).build();
    assertThat(stub.removeSwarm(request).getRemovedPeers()).isEqualTo(5);
    assertThat(CallFailure.of(() -> stub.removeSwarm(RemoveSwarmRequest.getDefaultInstance())))
        .extracting(CallFailure::code)
        .isEqualTo(Code.INVALID_ARGUMENT);
  }

  @Test
  void readsAllSourcesOrOne() {
    assertThat(stub.refreshSources(RefreshSourcesRequest.getDefaultInstance()).getSourcesList())
        .extracting(RefreshedSource::getHook, RefreshedSource::getFailure)
        .containsExactly(tuple("jwt", "gone"), tuple("torrent approval", ""));
    RefreshSourcesRequest one = RefreshSourcesRequest.newBuilder().setHook("jwt").build();
    assertThat(stub.refreshSources(one).getSourcesCount()).isEqualTo(1);
    CallFailure unknown =
        CallFailure.of(() -> stub.refreshSources(one.toBuilder().setHook("jwtt").build()));
    assertThat(unknown.code()).isEqualTo(Code.NOT_FOUND);
    assertThat(unknown.description()).contains("\"jwtt\"", "expected: jwt, torrent approval");
  }

  @Test
  void tellsWhoIsThrottledAndLetsThemAskAgain() {
    assertThat(stub.listThrottled(ListThrottledRequest.getDefaultInstance()).getClientsList())
        .extracting(ThrottledClient::getLimit, ThrottledClient::getAddress)
        .containsExactly(tuple("request", "2001:db8::/64"), tuple("error_reply", "0.0.0.100"));
    ClearThrottledRequest all = ClearThrottledRequest.getDefaultInstance();
    assertThat(stub.clearThrottled(all).getCleared()).isEqualTo(2);
    assertThat(stub.clearThrottled(all.toBuilder().setAddress("192.0.2.1").build()).getCleared())
        .isEqualTo(1);
    CallFailure failure =
        CallFailure.of(() -> stub.clearThrottled(all.toBuilder().setAddress("x").build()));
    assertThat(failure.violations()).singleElement().asString().startsWith("address: \"x\": ");
  }

  @Test
  void aProbeAsksWhereItIsTold() {
    ProbeRequest request =
        ProbeRequest.newBuilder()
            .setHttpUrl("https://tracker.example.org/announce?key=1")
            .setUdpUrl("udp://[::1]:6969")
            .build();
    assertThat(stub.probe(request).getChecks(0).getDetail())
        .contains("key=1", "[::1]:6969", "PT1S");
    assertThat(stub.probe(request).getChecks(0).getPassed()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "ftp://a/announce, udp://a:1, http_url",
    "http://a, udp://a:1, http_url",
    "http://a/\"b, udp://a:1, http_url",
    "http://a/announce, udp://a, udp_url",
    "http://a/announce, http://a:1, udp_url",
  })
  void anAddressThatIsNoneIsNotAsked(String http, String udp, String field) {
    ProbeRequest request = ProbeRequest.newBuilder().setHttpUrl(http).setUdpUrl(udp).build();
    assertThat(CallFailure.of(() -> stub.probe(request)).violations())
        .singleElement()
        .asString()
        .startsWith(field);
  }

  @Test
  void whatIsDecidedCountsAndIsListedWithItsTime() {
    put(rule(LONG, HashVerdict.HASH_VERDICT_ALLOW), rule(HASH, HashVerdict.HASH_VERDICT_DENY));
    assertThat(rules())
        .extracting(HashRule::getInfoHash, HashRule::getVerdict, HashRule::getNote)
        .containsExactly(
            tuple(HASH, HashVerdict.HASH_VERDICT_DENY, "why"),
            tuple(LONG, HashVerdict.HASH_VERDICT_ALLOW, "why"));
    assertThat(rules())
        .allMatch(rule -> rule.getDecided().getSeconds() == ticker.now().getEpochSecond());
  }

  @Test
  void aLongHashIsForgottenByItsFirstHalf() {
    put(rule(LONG, HashVerdict.HASH_VERDICT_DENY));
    assertThat(forget(LONG.substring(0, 40), HASH)).isEqualTo(1);
    assertThat(rules()).isEmpty();
  }

  @Test
  void showsOneTorrentWithItsRule() {
    GetSwarmRequest request = GetSwarmRequest.newBuilder().setInfoHash(HASH).build();
    GetSwarmResponse bare =
        GetSwarmResponse.newBuilder().setSeeders(2).setLeechers(3).setDownloads(5).build();
    assertThat(stub.getSwarm(request)).isEqualTo(bare);
    put(rule(HASH, HashVerdict.HASH_VERDICT_DENY));
    assertThat(stub.getSwarm(request).getRule().getVerdict())
        .isEqualTo(HashVerdict.HASH_VERDICT_DENY);
  }

  @Test
  void collectsNow() {
    assertThat(stub.collect(CollectRequest.getDefaultInstance()))
        .isEqualTo(CollectResponse.newBuilder().setRemovedPeers(4).setRemovedTorrents(2).build());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "xyz | 2 | rules[0].info_hash: \"xyz\": expected an info hash of 40 or 64",
        HASH + " | 0 | rules[0].verdict: 0: expected allow or deny",
        HASH + " | 9 | rules[0].verdict: 9: expected allow or deny"
      })
  void whatIsWrongIsSaidAndNothingChanges(String hash, int verdict, String violation) {
    HashRule rule = HashRule.newBuilder().setInfoHash(hash).setVerdictValue(verdict).build();
    CallFailure failure = CallFailure.of(() -> put(rule));
    assertThat(failure.code()).isEqualTo(Code.INVALID_ARGUMENT);
    assertThat(failure.violations()).singleElement().asString().startsWith(violation);
    assertThat(rules()).isEmpty();
  }

  @Test
  void aNoteIsNoLongerThanALine() {
    HashRule rule =
        rule(HASH, HashVerdict.HASH_VERDICT_DENY).toBuilder().setNote("x".repeat(201)).build();
    assertThat(CallFailure.of(() -> put(rule)).violations())
        .singleElement()
        .asString()
        .contains("at most 200 characters");
  }

  @Test
  void withoutATrackerEveryCallSaysHowToHaveOne() throws Exception {
    Path elsewhere = Files.createDirectory(folder.resolve("bare"));
    try (Daemon bare = new Daemon(elsewhere, new TrackerCalls(null, new Audit(), ticker));
        RawChannel channel = new RawChannel(bare.socket())) {
      CallFailure failure =
          CallFailure.of(
              () ->
                  TrackerServiceGrpc.newBlockingStub(channel.channel())
                      .listHashRules(ListHashRulesRequest.getDefaultInstance()));
      assertThat(failure.code()).isEqualTo(Code.FAILED_PRECONDITION);
      assertThat(failure.description()).contains("add [tracker] to the configuration");
    }
  }

  private void put(HashRule... rules) {
    assertThat(
            stub.putHashRules(PutHashRulesRequest.newBuilder().addAllRules(List.of(rules)).build()))
        .isNotNull();
  }

  private long forget(String... hashes) {
    return stub.deleteHashRules(
            DeleteHashRulesRequest.newBuilder().addAllInfoHashes(List.of(hashes)).build())
        .getDeleted();
  }

  private List<HashRule> rules() {
    return stub.listHashRules(ListHashRulesRequest.getDefaultInstance()).getRulesList();
  }

  private static HashRule rule(String hash, HashVerdict verdict) {
    return HashRule.newBuilder().setInfoHash(hash).setVerdict(verdict).setNote("why").build();
  }
}
