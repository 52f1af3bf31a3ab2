package dev.gatehouse.cli.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Duration;
import com.google.protobuf.Timestamp;
import dev.gatehouse.cli.Cli;
import dev.gatehouse.cli.DaemonTest;
import dev.gatehouse.cli.Screen;
import dev.gatehouse.v1.BlockedCount;
import dev.gatehouse.v1.GetRelayStatusRequest;
import dev.gatehouse.v1.GetRelayStatusResponse;
import dev.gatehouse.v1.GetStatusRequest;
import dev.gatehouse.v1.GetStatusResponse;
import dev.gatehouse.v1.ListenerStatus;
import dev.gatehouse.v1.ListeningSocket;
import dev.gatehouse.v1.ServiceState;
import dev.gatehouse.v1.ServiceStatus;
import dev.gatehouse.v1.Warning;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StatusCommandTest extends DaemonTest {

  private static final GetStatusResponse QUIET =
      GetStatusResponse.newBuilder()
          .setVersion("1.2.3")
          .setStartedAt(Timestamp.newBuilder().setSeconds(1_000))
          .setUptime(Duration.newBuilder().setSeconds(93_784))
          .addServiceStates(service("ops", ServiceState.SERVICE_STATE_SERVING))
          .addServiceStates(
              service("watch", ServiceState.SERVICE_STATE_STARTING)
                  .addWaitingFor("the first scan")
                  .addWaitingFor("a clock"))
          .addServiceStates(service("relay", ServiceState.SERVICE_STATE_FAILED))
          .addSockets(
              ListeningSocket.newBuilder()
                  .setService("ops")
                  .setProtocol("tcp")
                  .setAddress("127.0.0.1:9090"))
          .build();

  private static final GetStatusResponse BUSY =
      QUIET.toBuilder()
          .setTotalConnections(4_711)
          .setActiveConnections(12)
          .setDraining(true)
          .addListeners(
              ListenerStatus.newBuilder()
                  .setAddr(":443")
                  .setBoundAddr("[::]:443")
                  .setRouteCount(3)
                  .setActiveConnections(12)
                  .setMaxConnections(5_000)
                  .setProxyProtocol(true)
                  .setDefaultRoute("www.example.org")
                  .setDraining(true))
          .setConfigDrift(2)
          .setNextCertificateExpiry(Timestamp.newBuilder().setSeconds(1_800_000_000))
          .setNextCertificateRoute("www.example.org")
          .setGeoipBuiltAt(Timestamp.newBuilder().setSeconds(1_700_000_000))
          .addBlocked(BlockedCount.newBuilder().setReason("country").setCount(9))
          .addWarnings(Warning.newBuilder().setField("proxy.listeners[0]").setText("is open"))
          .build();

  @Test
  void showsARelayInOneLine() {
    GetStatusResponse serving =
        QUIET.toBuilder()
            .setServiceStates(2, service("relay", ServiceState.SERVICE_STATE_SERVING))
            .build();
    daemon()
        .answers(GetStatusRequest.class, serving)
        .answers(
            GetRelayStatusRequest.class,
            GetRelayStatusResponse.newBuilder()
                .setMode("static")
                .setDomain("relay.example.org")
                .setBinaries(3)
                .setGraced(1)
                .setPhones(7)
                .setConnections(10)
                .setConnectionsLimit(20)
                .setCertificateNotAfter(
                    Timestamp.newBuilder().setSeconds(1_000 + 93_784 + 61 * 86_400 + 5))
                .build());
    assertThat(run("status")).isEqualTo(Cli.OK);
    assertThat(screen().out())
        .contains(
            """
            relay    serving   -

            relay  static relay.example.org  3 binaries (1 in grace)  7 phones  10/20 connections  \
            certificate 61 d

            SOCKET OF\
            """);
    run("status --json");
    assertThat(screen().out())
        .contains(
            "\"relay\":{\"mode\":\"static\",\"domain\":\"relay.example.org\",\"binaries\":3,");
  }

  @Test
  void showsServicesAndSockets() {
    daemon().answers(GetStatusRequest.class, QUIET);
    assertThat(run("status")).isEqualTo(Cli.OK);
    assertThat(screen().out())
        .isEqualTo(
            """
            gatehouse 1.2.3 · up 1d 2h · 0 connections (0 since the start)

            SERVICE  STATE     WAITING FOR
            ops      serving   -
            watch    starting  the first scan, a clock
            relay    failed    -

            SOCKET OF  PROTO  ADDRESS
            ops        tcp    127.0.0.1:9090
            """);
  }

  @Test
  void showsTheFrontDoorAndWhatToKnow() {
    daemon().answers(GetStatusRequest.class, BUSY);
    run("status");
    assertThat(screen().out())
        .startsWith(
            "gatehouse 1.2.3 · up 1d 2h · 12 connections (4711 since the start) · draining\n")
        .endsWith(
            """

            LISTENER  BOUND     ROUTES  CONNS  LIMIT  PROXY FROM  DEFAULT ROUTE    NO SNI ROUTE  STATE
            :443      [::]:443  3       12     5000   anybody     www.example.org  -             draining

            The next certificate to end is that of www.example.org: 2027-01-15 08:00:00.
            Countries are those of 2023-11-14 22:13:20.
            2 things differ between the configuration file and the database; see 'gatehouse config diff'.
            warning: proxy.listeners[0]: is open
            """);
  }

  @Test
  void coloursWhatNeedsALook() {
    daemon().answers(GetStatusRequest.class, QUIET);
    Screen terminal = Screen.withEnvironment(environment());
    terminal.run("status");
    assertThat(terminal.out()).contains("\u001b[33mwatch", "\u001b[31mrelay", "\nops      serving");
  }

  @Test
  void writesJson() {
    daemon().answers(GetStatusRequest.class, BUSY);
    run("status --json");
    assertThat(screen().out())
        .isEqualTo(
            """
            {"version":1,"gatehouse":"1.2.3","started_at":"1970-01-01T00:16:40Z",\
            "uptime_seconds":93784,"draining":true,"active_connections":12,\
            "total_connections":4711,\
            "services":[{"name":"ops","state":"serving","waiting_for":[]},\
            {"name":"watch","state":"starting","waiting_for":["the first scan","a clock"]},\
            {"name":"relay","state":"failed","waiting_for":[]}],\
            "sockets":[{"service":"ops","proto":"tcp","address":"127.0.0.1:9090"}],\
            "listeners":[{"addr":":443","bound_addr":"[::]:443","routes":3,\
            "active_connections":12,"max_connections":5000,"proxy_protocol":true,\
            "trusted_proxies":[],"default_route":"www.example.org","no_sni_route":null,\
            "draining":true}],\
            "blocked":[{"reason":"country","count":9}],"config_drift":2,\
            "next_certificate_expiry":"2027-01-15T08:00:00Z",\
            "next_certificate_route":"www.example.org",\
            "geoip_built_at":"2023-11-14T22:13:20Z",\
            "warnings":[{"field":"proxy.listeners[0]","text":"is open"}]}
            """);
  }

  @Test
  void whatIsAbsentIsNullInJson() {
    daemon().answers(GetStatusRequest.class, QUIET);
    run("status --output json");
    assertThat(screen().out())
        .contains(
            "\"listeners\":[],\"blocked\":[],\"config_drift\":0,\"next_certificate_expiry\":null,"
                + "\"next_certificate_route\":null,\"geoip_built_at\":null,\"warnings\":[]}");
  }

  @Test
  void findsTheDaemonByTheVariableOfTheConfiguration() {
    daemon().answers(GetStatusRequest.class, QUIET);
    Screen other = Screen.withEnvironment(Map.of("GATEHOUSE_OPS_CONTROL", socket().toString()));
    assertThat(other.run("status")).isEqualTo(Cli.OK);
    assertThat(other.out()).contains("gatehouse 1.2.3");
  }

  @Test
  void whatCannotBeAskedIsAFailure() {
    assertThat(run("status")).isEqualTo(Cli.FAILED);
    assertThat(screen().err()).isEqualTo("status: UNIMPLEMENTED\n");
  }

  private static ServiceStatus.Builder service(String name, ServiceState state) {
    return ServiceStatus.newBuilder().setName(name).setState(state);
  }
}
