package dev.gatehouse.cli.top;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Duration;
import dev.gatehouse.cli.Cli;
import dev.gatehouse.cli.DaemonTest;
import dev.gatehouse.cli.Screen;
import dev.gatehouse.v1.BlockedCount;
import dev.gatehouse.v1.GetRelayStatusResponse;
import dev.gatehouse.v1.GetStatusResponse;
import dev.gatehouse.v1.GetTrackerStatsResponse;
import dev.gatehouse.v1.ListenerStatus;
import dev.gatehouse.v1.RelayRates;
import dev.gatehouse.v1.RouteMode;
import dev.gatehouse.v1.RouteRate;
import dev.gatehouse.v1.ServiceState;
import dev.gatehouse.v1.ServiceStatus;
import dev.gatehouse.v1.TrackerRequests;
import dev.gatehouse.v1.WatchRelayRequest;
import dev.gatehouse.v1.WatchRelayResponse;
import dev.gatehouse.v1.WatchStatusRequest;
import dev.gatehouse.v1.WatchTrackerStatsRequest;
import io.grpc.Status;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TopCommandTest extends DaemonTest {

  private static final RouteRate GIT =
      RouteRate.newBuilder()
          .setListenerAddr(":443")
          .setHostname("git.example.org")
          .setMode(RouteMode.ROUTE_MODE_L4)
          .setActive(3)
          .setPerSecond(1.5)
          .setBytesFromClientPerSecond(512)
          .setBytesFromBackendPerSecond(3_145_728)
          .setDialP50(Duration.newBuilder().setNanos(1_540_000))
          .setDialP99(Duration.newBuilder().setSeconds(2))
          .build();

  private static final RouteRate WWW =
      RouteRate.newBuilder()
          .setListenerAddr(":443")
          .setHostname("www.example.org")
          .setMode(RouteMode.ROUTE_MODE_L7)
          .setActive(9)
          .setErrorsPerSecond(0.5)
          .build();

  private static final GetStatusResponse FIRST =
      GetStatusResponse.newBuilder()
          .setVersion("1.2.3")
          .setUptime(Duration.newBuilder().setSeconds(100))
          .setActiveConnections(12)
          .setTotalConnections(4_711)
          .addListeners(
              ListenerStatus.newBuilder()
                  .setAddr(":443")
                  .setActiveConnections(12)
                  .setMaxConnections(12))
          .addBlocked(BlockedCount.newBuilder().setReason("country").setCount(9))
          .build();

  private static final GetStatusResponse SECOND =
      FIRST.toBuilder()
          .setUptime(Duration.newBuilder().setSeconds(102))
          .setConfigDrift(1)
          .addRates(GIT)
          .addRates(WWW)
          .setBlocked(0, BlockedCount.newBuilder().setReason("country").setCount(14))
          .build();

  private static final GetTrackerStatsResponse TRACKER =
      GetTrackerStatsResponse.newBuilder()
          .setTorrents(3)
          .setSeeders(2)
          .setLeechers(1)
          .setStorageUp(true)
          .addRequests(
              TrackerRequests.newBuilder()
                  .setProtocol("udp")
                  .setAction("announce")
                  .setCount(70)
                  .setPerSecond(3.5))
          .addRequests(TrackerRequests.newBuilder().setProtocol("udp").setAction("connect"))
          .build();

  private static final String FIRST_TEXT =
      """
      gatehouse 1.2.3 · up 1m 40s · 12 connections (4711 since the start)

      LISTENER  CONNS  LIMIT  STATE
      :443      12     12     open

      ROUTE  LISTENER  MODE  ACTIVE  NEW/S  FROM CLIENT/S  FROM BACKEND/S  ERRORS/S  DIAL P50  DIAL P99

      BLOCKED BY  COUNT  NEW/S
      country     9      -

      """;

  private static final String SECOND_TEXT =
      """
      gatehouse 1.2.3 · up 1m 42s · 12 connections (4711 since the start)
      1 thing differs between the configuration file and the database; see 'gatehouse config diff'.

      LISTENER  CONNS  LIMIT  STATE
      :443      12     12     open

      ROUTE            LISTENER  MODE  ACTIVE  NEW/S  FROM CLIENT/S  FROM BACKEND/S  ERRORS/S  DIAL P50  DIAL P99
      www.example.org  :443      l7    9       0.0    0 B            0 B             0.5       -         -
      git.example.org  :443      l4    3       1.5    512 B          3.0 MiB         0.0       1.5 ms    2.0 s

      BLOCKED BY  COUNT  NEW/S
      country     14     2.5

      """;

  @Test
  void showsOneLookBelowTheOtherInAPipe() {
    daemon().answers(WatchStatusRequest.class, FIRST, SECOND, SECOND);
    assertThat(run("top --count 2 --interval 2s")).isEqualTo(Cli.OK);
    assertThat(screen().out()).isEqualTo(FIRST_TEXT + SECOND_TEXT);
    assertThat(daemon().asked())
        .containsExactly(
            WatchStatusRequest.newBuilder()
                .setInterval(Duration.newBuilder().setSeconds(2))
                .build());
  }

  @Test
  void showsTheRelayBesideTheFrontDoorWhereThereIsOne() {
    GetStatusResponse with =
        FIRST.toBuilder()
            .addServiceStates(
                ServiceStatus.newBuilder()
                    .setName("relay")
                    .setState(ServiceState.SERVICE_STATE_SERVING))
            .build();
    daemon()
        .answers(WatchStatusRequest.class, with, with, with)
        .answers(WatchRelayRequest.class, relay(0), relay(1.5));
    assertThat(run("top --count 2 --interval 2s")).isEqualTo(Cli.OK);
    assertThat(screen().out())
        .contains(
            """
            RELAY   BINARIES  GRACED  PHONES  CONNS  LIMIT  WAITING  PAUSED  TO BINARIES/S  TO PHONES/S
            static  3         1       7       10     20     2.0 KiB  0       0.0 (0 B)      0.0 (0 B)

            BLOCKED BY\
            """,
            "2.0 KiB  0       1.5 (512 B)    0.0 (0 B)\n");
    assertThat(daemon().asked())
        .contains(
            WatchRelayRequest.newBuilder()
                .setInterval(Duration.newBuilder().setSeconds(2))
                .build());
    run("top --count 3 --json");
    assertThat(screen().out().lines().filter(line -> line.startsWith("{")))
        .anyMatch(line -> line.contains("\"messages_to_binaries_per_second\":1.5"))
        .last()
        .asString()
        .doesNotContain("\"relay\":");
  }

  private static WatchRelayResponse relay(double rate) {
    return WatchRelayResponse.newBuilder()
        .setStatus(
            GetRelayStatusResponse.newBuilder()
                .setMode("static")
                .setBinaries(3)
                .setGraced(1)
                .setPhones(7)
                .setConnections(10)
                .setConnectionsLimit(20)
                .setOutboxBytes(2048))
        .setRates(
            RelayRates.newBuilder().setMessagesToBinaries(rate).setBytesToBinaries(rate * 341.4))
        .build();
  }

  @Test
  void redrawsInPlaceAtATerminalAndColoursWhatNeedsALook() {
    daemon().answers(WatchStatusRequest.class, FIRST, SECOND);
    Screen terminal = Screen.withEnvironment(environment());
    terminal.run("top", "--count", "2");
    assertThat(terminal.out().split("\u001b\\[2J\u001b\\[H", -1)).hasSize(3);
    assertThat(terminal.out())
        .contains("\u001b[31m:443", "\u001b[33mwww.example.org", "\u001b[33mcountry     14")
        .contains("\ncountry     9", "\ngit.example.org");
  }

  @Test
  void showsTheBusiestOfManyRoutes() {
    List<RouteRate> many = new ArrayList<>();
    for (int active = 1; active <= 25; active++) {
      many.add(WWW.toBuilder().setHostname("r" + active).setActive(active).build());
    }
    daemon().answers(WatchStatusRequest.class, FIRST.toBuilder().addAllRates(many).build());
    run("top --count 1");
    assertThat(screen().out())
        .contains("\nr25 ", "\nr6 ", "\n5 more routes; see them with --routes\n")
        .doesNotContain("\nr5 ");
    run("top --count 1 --routes 25");
    assertThat(screen().out()).contains("\nr1 ");
  }

  @Test
  void printsAnObjectALineForPrograms() {
    daemon().answers(WatchStatusRequest.class, FIRST, SECOND, SECOND);
    assertThat(run("top --count 2 --json")).isEqualTo(Cli.OK);
    assertThat(screen().out().lines()).hasSize(2);
    assertThat(screen().out())
        .contains(
            "\"routes\":[],\"blocked\":[{\"reason\":\"country\",\"count\":9,\"per_second\":null}]}\n")
        .endsWith(
            """
            {"version":1,"gatehouse":"1.2.3","uptime_ms":102000,"draining":false,\
            "active_connections":12,"total_connections":4711,"config_drift":1,\
            "listeners":[{"addr":":443","bound_addr":null,"routes":0,"active_connections":12,\
            "max_connections":12,"proxy_protocol":false,"trusted_proxies":[],\
            "default_route":null,"no_sni_route":null,"draining":false}],\
            "routes":[{"listener":":443","hostname":"git.example.org","mode":"l4","active":3,\
            "per_second":1.5,"bytes_from_client_per_second":512.0,\
            "bytes_from_backend_per_second":3145728.0,"errors_per_second":0.0,\
            "dial_p50_ms":1.54,"dial_p99_ms":2000.0},\
            {"listener":":443","hostname":"www.example.org","mode":"l7","active":9,\
            "per_second":0.0,"bytes_from_client_per_second":0.0,\
            "bytes_from_backend_per_second":0.0,"errors_per_second":0.5,\
            "dial_p50_ms":null,"dial_p99_ms":null}],\
            "blocked":[{"reason":"country","count":14,"per_second":2.5}]}
            """);
  }

  @Test
  void showsWhatTheTrackerDoesWhereOneRuns() {
    GetStatusResponse withTracker =
        FIRST.toBuilder()
            .addServiceStates(
                ServiceStatus.newBuilder()
                    .setName("tracker")
                    .setState(ServiceState.SERVICE_STATE_SERVING))
            .build();
    daemon()
        .answers(WatchStatusRequest.class, withTracker)
        .answers(WatchTrackerStatsRequest.class, TRACKER);
    assertThat(run("top --count 1 --interval 60s")).isEqualTo(Cli.OK);
    assertThat(screen().out())
        .endsWith(
            """
            country     9      -

            tracker: 3 torrents, 2 seeders, 1 leechers
            TRACKER  REQUEST   COUNT  NEW/S
            udp      announce  70     3.5
            udp      connect   0      -

            """);
    run("top --count 1 --interval 60s --json");
    assertThat(screen().out())
        .endsWith(
            """
            "tracker":{"torrents":3,"seeders":2,"leechers":1,"storage_up":true,"requests":[\
            {"protocol":"udp","action":"announce","count":70,"per_second":3.5},\
            {"protocol":"udp","action":"connect","count":0,"per_second":null}]}}
            """);
  }

  @Test
  void goesOnUntilTheDaemonStops() {
    daemon()
        .fails(
            WatchStatusRequest.class,
            Status.UNAVAILABLE.withDescription("the daemon stops"),
            FIRST,
            SECOND);
    assertThat(run("top")).isEqualTo(Cli.FAILED);
    assertThat(screen().out()).isEqualTo(FIRST_TEXT + SECOND_TEXT);
    assertThat(screen().err()).isEqualTo("top: the daemon stops\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--interval 199ms|top: interval: 199 ms (expected: 200ms to 60s)",
        "--interval 61s|top: interval: 61000 ms (expected: 200ms to 60s)",
        "--count 0|top: count: 0 (expected: 1 or more)",
        "--routes 0|top: routes: 0 (expected: 1 or more)",
      })
  void refusesWhatCannotBe(String options, String message) {
    assertThat(run("top " + options)).isEqualTo(Cli.REFUSED);
    assertThat(screen().err()).startsWith(message + "\n");
    assertThat(daemon().asked()).isEmpty();
  }
}
