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
import dev.gatehouse.tracker.TrackerAdmin;
import dev.gatehouse.tracker.TrackerView;
import dev.gatehouse.tracker.rule.MemoryRules;
import dev.gatehouse.tracker.rule.OperatorRules;
import dev.gatehouse.tracker.storage.Collected;
import dev.gatehouse.tracker.storage.Collector;
import dev.gatehouse.tracker.swarm.SwarmCounts;
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
import dev.gatehouse.v1.PutHashRulesRequest;
import dev.gatehouse.v1.TrackerPort;
import dev.gatehouse.v1.TrackerServiceGrpc;
import dev.gatehouse.wire.tracker.InfoHash;
import io.grpc.Status.Code;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
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
          Optional.of(
              new Collector.Run(new Collected(1, 1, List.of()), Instant.ofEpochSecond(10))));
    }

    @Override
    public TrackerView.SwarmView swarm(InfoHash torrent) {
      return new TrackerView.SwarmView(2, 3, 5);
    }

    @Override
    public OperatorRules operators() {
      return operators;
    }

    @Override
    public Collected collect() {
      return new Collected(4, 2, List.of());
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
                .build());
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
