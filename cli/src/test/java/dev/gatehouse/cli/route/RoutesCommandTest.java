package dev.gatehouse.cli.route;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Duration;
import com.google.protobuf.Timestamp;
import dev.gatehouse.cli.Cli;
import dev.gatehouse.cli.DaemonTest;
import dev.gatehouse.cli.Screen;
import dev.gatehouse.v1.AddRouteRequest;
import dev.gatehouse.v1.AddRouteResponse;
import dev.gatehouse.v1.BackendProtocol;
import dev.gatehouse.v1.Balance;
import dev.gatehouse.v1.L7Policy;
import dev.gatehouse.v1.L7PolicyType;
import dev.gatehouse.v1.ListRoutesRequest;
import dev.gatehouse.v1.ListRoutesResponse;
import dev.gatehouse.v1.ProxyTlv;
import dev.gatehouse.v1.RemoveRouteRequest;
import dev.gatehouse.v1.RemoveRouteResponse;
import dev.gatehouse.v1.Route;
import dev.gatehouse.v1.RouteMode;
import dev.gatehouse.v1.RouteState;
import dev.gatehouse.v1.RouteStatus;
import dev.gatehouse.v1.Warning;
import io.grpc.Status;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class RoutesCommandTest extends DaemonTest {

  private static final Route GIT =
      Route.newBuilder()
          .setHostname("git.example.org")
          .setBackend("10.0.0.5:443")
          .setStatus(status(RouteState.ROUTE_STATE_SERVING).setActiveConnections(3).setId(1))
          .build();

  private static final Route WWW =
      Route.newBuilder()
          .setHostname("www.example.org")
          .setMode(RouteMode.ROUTE_MODE_L7)
          .addBackends("127.0.0.1:8443")
          .addBackends("127.0.0.1:8444")
          .setBalance(Balance.BALANCE_LEAST_CONNECTIONS)
          .setTlsCert("/c.pem")
          .setTlsKey("/k.pem")
          .setBackendTls(true)
          .setBackendTlsVerify(false)
          .addL7Policies(policy(L7PolicyType.L7_POLICY_TYPE_BLOCK_USER_AGENT, "BadBot"))
          .setIdleTimeout(Duration.newBuilder().setSeconds(90))
          .setMaxRequestBody(0)
          .setStatus(
              status(RouteState.ROUTE_STATE_BACKEND_DOWN)
                  .setId(2)
                  .setDetail("127.0.0.1:8443: connection refused")
                  .setCertificateNotAfter(Timestamp.newBuilder().setSeconds(60))
                  .setLearnedProtocol("h2"))
          .build();

  @Test
  void showsWhereNamesLead() {
    daemon().answers(ListRoutesRequest.class, routes(GIT, WWW));
    assertThat(run("routes list")).isEqualTo(Cli.OK);
    assertThat(screen().out())
        .isEqualTo(
            """
            LISTENER  HOSTNAME         MODE  BACKEND                           PROTOCOL   TLS             POLICIES  STATE         CONNS
            :443      git.example.org  l4    10.0.0.5:443                      -          passed through  0         serving       3
            :443      www.example.org  l7    127.0.0.1:8443, 127.0.0.1:8444 !  auto (h2)  re-encrypted    1         backend down  0
            www.example.org: 127.0.0.1:8443: connection refused
            ! the certificate of the backend is not verified
            """);
    assertThat(daemon().asked()).containsExactly(ListRoutesRequest.getDefaultInstance());
  }

  @Test
  void showsTheRoutesOfOneListener() {
    daemon().answers(ListRoutesRequest.class, routes());
    run("routes list :443");
    assertThat(screen().out())
        .isEqualTo("LISTENER  HOSTNAME  MODE  BACKEND  PROTOCOL  TLS  POLICIES  STATE  CONNS\n");
    assertThat(daemon().asked())
        .containsExactly(ListRoutesRequest.newBuilder().setListenerAddr(":443").build());
  }

  @Test
  void coloursWhatNeedsALook() {
    Route unverified = WWW.toBuilder().setStatus(status(RouteState.ROUTE_STATE_SERVING)).build();
    daemon().answers(ListRoutesRequest.class, routes(GIT, WWW, unverified));
    Screen terminal = Screen.withEnvironment(environment());
    terminal.run("routes", "list");
    assertThat(terminal.out().lines())
        .satisfiesExactly(
            heading -> assertThat(heading).startsWith("LISTENER"),
            serving -> assertThat(serving).startsWith(":443"),
            down -> assertThat(down).startsWith("\u001b[31m:443"),
            marked -> assertThat(marked).startsWith("\u001b[33m:443"),
            detail -> assertThat(detail).contains("refused"),
            legend -> assertThat(legend).startsWith("!"));
  }

  @Test
  void writesNamesThatATerminalWouldObeyOut() {
    daemon()
        .answers(
            ListRoutesRequest.class, routes(GIT.toBuilder().setHostname("a\u001b[2Jb").build()));
    run("routes list");
    assertThat(screen().out()).contains("a\\u001b[2Jb").doesNotContain("\u001b");
  }

  @Test
  void writesJsonByTheNamesOfTheConfiguration() {
    daemon().answers(ListRoutesRequest.class, routes(WWW));
    run("routes list --json");
    assertThat(screen().out())
        .isEqualTo(
            """
            {"version":1,"routes":[{"listener":":443","hostname":"www.example.org","mode":"l7",\
            "backends":["127.0.0.1:8443","127.0.0.1:8444"],"balance":"least_connections",\
            "health_interval_ms":0,"backend_protocol":"auto","backend_tls":true,\
            "backend_tls_verify":false,"backend_tls_ca":null,"backend_tls_name":null,\
            "send_proxy_protocol":false,"send_proxy_tlvs":[],"tls_cert":"/c.pem",\
            "tls_key":"/k.pem","tls_min_version":null,"idle_timeout_ms":90000,\
            "response_header_timeout_ms":null,"max_request_body":0,\
            "l7_policies":[{"type":"block_user_agent","value":"BadBot"}],"id":2,\
            "state":"backend_down","detail":"127.0.0.1:8443: connection refused",\
            "active_connections":0,"certificate_not_after":"1970-01-01T00:01:00Z",\
            "learned_protocol":"h2"}]}
            """);
  }

  @Test
  void addsARouteToTheOnlyListener() {
    daemon().answers(AddRouteRequest.class, added(AddRouteResponse.Outcome.CREATED));
    assertThat(run("routes add git.example.org 10.0.0.5:443")).isEqualTo(Cli.OK);
    assertThat(screen().out()).isEqualTo("created: git.example.org\n");
    assertThat(daemon().asked())
        .containsExactly(
            AddRouteRequest.newBuilder()
                .setRoute(
                    Route.newBuilder()
                        .setHostname("git.example.org")
                        .setBackend("10.0.0.5:443")
                        .setMode(RouteMode.ROUTE_MODE_L4)
                        .setBalance(Balance.BALANCE_ROUND_ROBIN)
                        .setBackendProtocol(BackendProtocol.BACKEND_PROTOCOL_AUTO)
                        .setBackendTlsVerify(true))
                .build());
  }

  @Test
  void addsARouteWithEverythingThatARouteCanHave() {
    daemon().answers(AddRouteRequest.class, added(AddRouteResponse.Outcome.UPDATED));
    assertThat(
            run(
                "routes add :443 www.example.org 127.0.0.1:8443 --backend 127.0.0.1:8444"
                    + " --balance least_connections --health-interval 2s500ms --mode L7"
                    + " --cert certs/www.pem --key /k.pem --backend-tls --backend-no-verify"
                    + " --backend-ca ca.pem --backend-name inner.example.org"
                    + " --backend-protocol h2 --proxy-tlv authority --proxy-tlv unique_id"
                    + " --tls-min 1.2 --idle-timeout 0 --header-timeout 1m --max-body 1MiB"
                    + " --policy block_user_agent=Bad=Bot --policy require_header=X-Api-Key"
                    + " --clear-policies"))
        .isEqualTo(Cli.OK);
    assertThat(daemon().asked())
        .containsExactly(
            AddRouteRequest.newBuilder()
                .setListenerAddr(":443")
                .setRoute(everything())
                .setClearL7Policies(true)
                .build());
  }

  @Test
  void saysWhatWouldHappenAndWhatIsOdd() {
    AddRouteResponse odd =
        added(AddRouteResponse.Outcome.UNCHANGED).toBuilder()
            .setRouteId(0)
            .addWarnings(
                Warning.newBuilder().setField("route.tls_cert").setText("has no use for l4"))
            .build();
    daemon().answers(AddRouteRequest.class, odd);
    run("routes add git.example.org 10.0.0.5:443 --dry-run");
    assertThat(screen().out())
        .isEqualTo(
            """
            would be unchanged: git.example.org
            warning: route.tls_cert: has no use for l4
            """);
    run("routes add git.example.org 10.0.0.5:443 --dry-run --json");
    assertThat(screen().out())
        .endsWith(
            """
            {"version":1,"hostname":"git.example.org","outcome":"unchanged","id":null,\
            "dry_run":true,"warnings":[{"field":"route.tls_cert","text":"has no use for l4"}]}
            """);
  }

  @Test
  void aFieldThatTheDaemonRefusesIsAWrongUsage() {
    daemon()
        .refuses(
            AddRouteRequest.class, "refused", "backend", "\"no\u001bpe\" (expected: HOST:PORT)");
    assertThat(run("routes add git.example.org nope")).isEqualTo(Cli.REFUSED);
    assertThat(screen().err())
        .isEqualTo(
            """
            routes add: refused
              backend: "no\\u001bpe" (expected: HOST:PORT)
            """);
    assertThat(screen().out()).isEmpty();
  }

  @Test
  void whatIsWrongIsSaidOnce() {
    daemon()
        .refuses(
            AddRouteRequest.class,
            "backend: \"nope\" (expected: HOST:PORT) (and 1 more)",
            "backend",
            "\"nope\" (expected: HOST:PORT)");
    run("routes add git.example.org nope");
    assertThat(screen().err())
        .isEqualTo(
            """
            routes add: refused; nothing has changed
              backend: "nope" (expected: HOST:PORT)
            """);
  }

  @Test
  void removesARoute() {
    daemon().answers(RemoveRouteRequest.class, RemoveRouteResponse.getDefaultInstance());
    assertThat(run("routes remove git.example.org")).isEqualTo(Cli.OK);
    run("routes remove :443 git.example.org --json");
    assertThat(screen().out())
        .isEqualTo(
            """
            removed: git.example.org
            {"version":1,"hostname":"git.example.org","outcome":"removed"}
            """);
    RemoveRouteRequest first =
        RemoveRouteRequest.newBuilder().setHostname("git.example.org").build();
    assertThat(daemon().asked())
        .containsExactly(first, first.toBuilder().setListenerAddr(":443").build());
  }

  @Test
  void whatIsNotThereIsAFailure() {
    daemon()
        .fails(
            RemoveRouteRequest.class,
            Status.NOT_FOUND.withDescription("no route git.example.org at :443"));
    assertThat(run("routes remove git.example.org")).isEqualTo(Cli.FAILED);
    assertThat(screen().err()).isEqualTo("routes remove: no route git.example.org at :443\n");
  }

  private static Route everything() {
    return Route.newBuilder()
        .setHostname("www.example.org")
        .addBackends("127.0.0.1:8443")
        .addBackends("127.0.0.1:8444")
        .setBalance(Balance.BALANCE_LEAST_CONNECTIONS)
        .setHealthInterval(Duration.newBuilder().setSeconds(2).setNanos(500_000_000))
        .setMode(RouteMode.ROUTE_MODE_L7)
        .setTlsCert(Path.of("certs/www.pem").toAbsolutePath().toString())
        .setTlsKey("/k.pem")
        .setBackendTls(true)
        .setBackendTlsVerify(false)
        .setBackendTlsCa(Path.of("ca.pem").toAbsolutePath().toString())
        .setBackendTlsName("inner.example.org")
        .setBackendProtocol(BackendProtocol.BACKEND_PROTOCOL_H2)
        .setSendProxyProtocol(true)
        .addSendProxyTlvs(ProxyTlv.PROXY_TLV_AUTHORITY)
        .addSendProxyTlvs(ProxyTlv.PROXY_TLV_UNIQUE_ID)
        .setTlsMinVersion("1.2")
        .setIdleTimeout(Duration.getDefaultInstance())
        .setResponseHeaderTimeout(Duration.newBuilder().setSeconds(60))
        .setMaxRequestBody(1 << 20)
        .addL7Policies(policy(L7PolicyType.L7_POLICY_TYPE_BLOCK_USER_AGENT, "Bad=Bot"))
        .addL7Policies(policy(L7PolicyType.L7_POLICY_TYPE_REQUIRE_HEADER, "X-Api-Key"))
        .build();
  }

  private static ListRoutesResponse routes(Route... routes) {
    ListRoutesResponse.Builder response = ListRoutesResponse.newBuilder();
    for (Route route : routes) {
      response.addRoutes(route);
    }
    return response.build();
  }

  private static RouteStatus.Builder status(RouteState state) {
    return RouteStatus.newBuilder().setListenerAddr(":443").setState(state);
  }

  private static L7Policy policy(L7PolicyType type, String value) {
    return L7Policy.newBuilder().setType(type).setValue(value).build();
  }

  private static AddRouteResponse added(AddRouteResponse.Outcome outcome) {
    return AddRouteResponse.newBuilder().setOutcome(outcome).setRouteId(7).build();
  }
}
