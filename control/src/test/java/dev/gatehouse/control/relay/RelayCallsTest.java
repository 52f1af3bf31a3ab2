package dev.gatehouse.control.relay;

import static dev.gatehouse.control.relay.FakeRelay.SINCE;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Duration;
import dev.gatehouse.control.CallFailure;
import dev.gatehouse.control.Daemon;
import dev.gatehouse.control.RawChannel;
import dev.gatehouse.control.call.Audit;
import dev.gatehouse.control.call.TimeMessages;
import dev.gatehouse.relay.view.TrafficView;
import dev.gatehouse.testkit.LogGuard;
import dev.gatehouse.testkit.ManualTicker;
import dev.gatehouse.v1.GetRelayStatusRequest;
import dev.gatehouse.v1.GetRelayStatusResponse;
import dev.gatehouse.v1.GetServerRequest;
import dev.gatehouse.v1.GetServerResponse;
import dev.gatehouse.v1.KickRequest;
import dev.gatehouse.v1.KickResponse;
import dev.gatehouse.v1.ListBansRequest;
import dev.gatehouse.v1.ListServersRequest;
import dev.gatehouse.v1.ListServersResponse;
import dev.gatehouse.v1.RelayBan;
import dev.gatehouse.v1.RelayRates;
import dev.gatehouse.v1.RelayServer;
import dev.gatehouse.v1.RelayServerOrder;
import dev.gatehouse.v1.RelayServerState;
import dev.gatehouse.v1.RelayServiceGrpc;
import dev.gatehouse.v1.RemoveBanRequest;
import dev.gatehouse.v1.RemoveBanResponse;
import dev.gatehouse.v1.WatchRelayRequest;
import dev.gatehouse.v1.WatchRelayResponse;
import io.grpc.Status.Code;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class RelayCallsTest {

  @TempDir private Path folder;
  @RegisterExtension private final LogGuard log = new LogGuard();
  private final FakeRelay relay = new FakeRelay();
  private final ManualTicker ticker = new ManualTicker();
  private Daemon daemon;
  private RawChannel raw;
  private RelayServiceGrpc.RelayServiceBlockingStub stub;

  @BeforeEach
  void start() throws IOException {
    daemon = new Daemon(folder, new RelayCalls(relay, new Audit(), ticker));
    raw = new RawChannel(daemon.socket());
    stub = RelayServiceGrpc.newBlockingStub(raw.channel());
  }

  @AfterEach
  void stop() throws IOException {
    raw.close();
    daemon.close();
  }

  @Test
  void tellsThemAgainAndAgainWithWhatWasForwardedMeanwhile() {
    WatchRelayRequest often =
        WatchRelayRequest.newBuilder()
            .setInterval(Duration.newBuilder().setNanos(200_000_000))
            .build();
    Iterator<WatchRelayResponse> answers = stub.watchRelay(often);
    WatchRelayResponse first = answers.next();
    assertThat(first.getStatus().getPhones()).isEqualTo(3);
    assertThat(first.getTraffic().getBytesToPhones()).isZero();
    assertThat(first.getRates()).isEqualTo(RelayRates.getDefaultInstance());
    relay.traffic = new TrafficView(2, 40, 6, 800);
    ticker.advance(java.time.Duration.ofSeconds(2));
    RelayRates rates = answers.next().getRates();
    while (rates.getMessagesToPhones() == 0) {
      rates = answers.next().getRates();
    }
    assertThat(rates)
        .isEqualTo(
            RelayRates.newBuilder()
                .setMessagesToBinaries(1)
                .setBytesToBinaries(20)
                .setMessagesToPhones(3)
                .setBytesToPhones(400)
                .build());
  }

  @Test
  void tellsTheNumbersOfTheRelay() {
    assertThat(stub.getRelayStatus(GetRelayStatusRequest.getDefaultInstance()))
        .isEqualTo(
            GetRelayStatusResponse.newBuilder()
                .setMode("static")
                .setDomain("relay.example.org")
                .setBinaries(1)
                .setGraced(2)
                .setPhones(3)
                .setConnections(4)
                .setConnectionsLimit(20)
                .setPending(5)
                .setOutboxBytes(600)
                .setOutboxLimitBytes(700)
                .setPausedPhones(8)
                .setDraining(true)
                .setPushOn(true)
                .setPushesInFlight(9)
                .build());
  }

  @Test
  void listsWhoIsLiveAndWhoIsGraced() {
    relay.live("b", 2, 10, SINCE).graced("a");
    assertThat(ids(list(ListServersRequest.newBuilder()))).containsExactly("a", "b");
    RelayServer graced =
        list(ListServersRequest.newBuilder().setState(RelayServerState.RELAY_SERVER_STATE_GRACED))
            .getServers(0);
    assertThat(graced)
        .isEqualTo(
            RelayServer.newBuilder()
                .setServerId("a")
                .setState(RelayServerState.RELAY_SERVER_STATE_GRACED)
                .setGraceLeft(Duration.newBuilder().setSeconds(12))
                .build());
    RelayServer live =
        list(ListServersRequest.newBuilder().setState(RelayServerState.RELAY_SERVER_STATE_LIVE))
            .getServers(0);
    assertThat(live.getPhones()).isEqualTo(2);
    assertThat(live.getBinary().getLabel()).isEqualTo("0.9.1");
    assertThat(live.getBinary().getSince()).isEqualTo(TimeMessages.of(SINCE));
    assertThat(live.getBinary().getBytesIn()).isEqualTo(10);
  }

  @Test
  void pagesGiveEachServerIdOnce() {
    List<String> expected = IntStream.range(0, 2500).mapToObj("id%04d"::formatted).toList();
    expected.forEach(id -> relay.live(id, 0, 0, SINCE));
    List<String> found = new ArrayList<>();
    String token = "";
    int pages = 0;
    do {
      ListServersResponse page = list(ListServersRequest.newBuilder().setPageToken(token));
      found.addAll(ids(page));
      token = page.getNextPageToken();
      pages++;
    } while (!token.isEmpty());
    assertThat(found).isEqualTo(expected);
    assertThat(pages).isEqualTo(3);
  }

  @ParameterizedTest
  @CsvSource({
    "RELAY_SERVER_ORDER_PHONES, 'many loud old'",
    "RELAY_SERVER_ORDER_BYTES, 'loud many old'",
    "RELAY_SERVER_ORDER_SINCE, 'old loud many'",
  })
  void otherOrdersGiveOnePage(RelayServerOrder order, String expected) {
    relay
        .live("many", 3, 0, SINCE)
        .live("loud", 0, 99, SINCE)
        .live("old", 0, 0, SINCE.minusSeconds(9));
    ListServersResponse page = list(ListServersRequest.newBuilder().setOrder(order));
    assertThat(String.join(" ", ids(page))).isEqualTo(expected);
    assertThat(
            list(ListServersRequest.newBuilder().setOrder(order).setPageSize(1)).getNextPageToken())
        .isEmpty();
    assertThat(
            CallFailure.of(
                    () -> list(ListServersRequest.newBuilder().setOrder(order).setPageToken("x")))
                .code())
        .isEqualTo(Code.INVALID_ARGUMENT);
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 1001})
  void aPageHasItsLimits(int size) {
    assertThat(CallFailure.of(() -> list(ListServersRequest.newBuilder().setPageSize(size))))
        .isEqualTo(
            new CallFailure(
                Code.INVALID_ARGUMENT,
                "page_size: " + size + " (expected: 0–1000)",
                List.of("page_size: " + size + " (expected: 0–1000)")));
  }

  @Test
  void showsAServerIdWithItsPhones() {
    relay.live("a", 2, 10, SINCE);
    GetServerResponse response =
        stub.getServer(GetServerRequest.newBuilder().setServerId("a").build());
    assertThat(response.getServer().getServerId()).isEqualTo("a");
    assertThat(response.getPhonesList())
        .extracting(phone -> phone.getConnection().getConnId() + " " + phone.getPaused())
        .containsExactly("client-a-0 true", "client-a-1 false");
    assertThat(
            CallFailure.of(
                () -> stub.getServer(GetServerRequest.newBuilder().setServerId("b").build())))
        .isEqualTo(
            new CallFailure(Code.NOT_FOUND, "b: nobody is connected by that name", List.of()));
  }

  @Test
  void kicksAServerIdOrOnePhone() {
    relay.live("a", 2, 10, SINCE);
    assertThat(kick(KickRequest.newBuilder().setServerId("a")))
        .isEqualTo(KickResponse.newBuilder().setBinariesClosed(1).setPhonesClosed(2).build());
    assertThat(kick(KickRequest.newBuilder().setServerId("a").setConnId("client-a-1")))
        .isEqualTo(KickResponse.newBuilder().setPhonesClosed(1).build());
    assertThat(CallFailure.of(() -> kick(KickRequest.newBuilder().setServerId("b"))).code())
        .isEqualTo(Code.NOT_FOUND);
    assertThat(log.events("control"))
        .first()
        .satisfies(event -> assertThat(event.fields()).containsEntry("server_id", "a"));
  }

  @Test
  void bansBeforeItKicks() {
    relay.live("a", 0, 0, SINCE);
    kick(KickRequest.newBuilder().setServerId("a").setBan(seconds(600)));
    assertThat(relay.done).containsExactly("ban a PT10M", "kick a");
    assertThat(kick(KickRequest.newBuilder().setServerId("nobody").setBan(seconds(1))))
        .as("nobody need be there to be banned")
        .isEqualTo(KickResponse.getDefaultInstance());
    assertThat(stub.listBans(ListBansRequest.getDefaultInstance()).getBansList())
        .contains(
            RelayBan.newBuilder()
                .setServerId("a")
                .setUntil(TimeMessages.of(SINCE.plusSeconds(600)))
                .build());
  }

  @Test
  void aBanThatCannotBeChangesNothing() {
    relay.live("a", 1, 0, SINCE);
    assertThat(
            CallFailure.of(
                    () ->
                        kick(
                            KickRequest.newBuilder()
                                .setServerId("a")
                                .setConnId("client-a-0")
                                .setBan(seconds(1))))
                .code())
        .isEqualTo(Code.INVALID_ARGUMENT);
    assertThat(
            CallFailure.of(() -> kick(KickRequest.newBuilder().setServerId("a").setBan(seconds(0))))
                .violations())
        .containsExactly("ban: PT0S (expected: more than 0, at most 365 days)");
    relay.full = true;
    assertThat(
            CallFailure.of(() -> kick(KickRequest.newBuilder().setServerId("a").setBan(seconds(1))))
                .code())
        .isEqualTo(Code.RESOURCE_EXHAUSTED);
    assertThat(relay.done).containsExactly("ban a PT1S");
  }

  @Test
  void removesABan() {
    kick(KickRequest.newBuilder().setServerId("a").setBan(seconds(600)));
    RemoveBanRequest request = RemoveBanRequest.newBuilder().setServerId("a").build();
    assertThat(stub.removeBan(request)).isEqualTo(RemoveBanResponse.getDefaultInstance());
    assertThat(CallFailure.of(() -> stub.removeBan(request)))
        .isEqualTo(new CallFailure(Code.NOT_FOUND, "the server-id is not banned", List.of()));
  }

  @Test
  void aServerIdThatCannotBeIsRefused() {
    assertThat(CallFailure.of(() -> kick(KickRequest.newBuilder().setServerId("a b"))).code())
        .isEqualTo(Code.INVALID_ARGUMENT);
  }

  @Test
  void whereTheRelayIsOffEveryCallSaysSo() throws IOException {
    Path other = Files.createDirectory(folder.resolve("off"));
    try (Daemon off = new Daemon(other, new RelayCalls(null, new Audit(), ticker));
        RawChannel channel = new RawChannel(off.socket())) {
      RelayServiceGrpc.RelayServiceBlockingStub calls =
          RelayServiceGrpc.newBlockingStub(channel.channel());
      assertThat(
              CallFailure.of(
                  () -> calls.getRelayStatus(GetRelayStatusRequest.getDefaultInstance())))
          .isEqualTo(
              new CallFailure(
                  Code.FAILED_PRECONDITION,
                  "the relay is switched off; add a [relay] section to the configuration",
                  List.of()));
    }
  }

  private ListServersResponse list(ListServersRequest.Builder request) {
    return stub.listServers(request.build());
  }

  private KickResponse kick(KickRequest.Builder request) {
    return stub.kick(request.build());
  }

  private static List<String> ids(ListServersResponse page) {
    return page.getServersList().stream().map(RelayServer::getServerId).toList();
  }

  private static Duration seconds(long seconds) {
    return Duration.newBuilder().setSeconds(seconds).build();
  }
}
