package dev.gatehouse.cli.listener;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.cli.Cli;
import dev.gatehouse.cli.DaemonTest;
import dev.gatehouse.v1.ListListenersRequest;
import dev.gatehouse.v1.ListListenersResponse;
import dev.gatehouse.v1.ListenerStatus;
import dev.gatehouse.v1.SetListenerMaxConnectionsRequest;
import dev.gatehouse.v1.SetListenerMaxConnectionsResponse;
import io.grpc.Status;
import org.junit.jupiter.api.Test;

class ListenersCommandTest extends DaemonTest {

  private static final ListListenersResponse TWO =
      ListListenersResponse.newBuilder()
          .addListeners(
              ListenerStatus.newBuilder()
                  .setAddr(":443")
                  .setBoundAddr("[::]:443")
                  .setRouteCount(12)
                  .setActiveConnections(230)
                  .setMaxConnections(5_000)
                  .setNoSniRoute("www.example.org"))
          .addListeners(
              ListenerStatus.newBuilder()
                  .setAddr("10.0.0.1:8443")
                  .setProxyProtocol(true)
                  .addTrustedProxies("10.0.0.0/24")
                  .addTrustedProxies("10.0.1.7/32")
                  .setDraining(true))
          .build();

  @Test
  void showsListenersWithTheirLoad() {
    daemon().answers(ListListenersRequest.class, TWO);
    assertThat(run("listeners list")).isEqualTo(Cli.OK);
    assertThat(screen().out())
        .isEqualTo(
            """
            LISTENER       BOUND     ROUTES  CONNS  LIMIT  PROXY FROM                DEFAULT ROUTE  NO SNI ROUTE     STATE
            :443           [::]:443  12      230    5000   -                         -              www.example.org  open
            10.0.0.1:8443  -         0       0      -      10.0.0.0/24, 10.0.1.7/32  -              -                draining
            """);
  }

  @Test
  void writesJson() {
    daemon().answers(ListListenersRequest.class, TWO);
    run("listeners list --json");
    assertThat(screen().out())
        .startsWith("{\"version\":1,\"listeners\":[{\"addr\":\":443\",")
        .endsWith(
            """
            {"addr":"10.0.0.1:8443","bound_addr":null,"routes":0,"active_connections":0,\
            "max_connections":0,"proxy_protocol":true,\
            "trusted_proxies":["10.0.0.0/24","10.0.1.7/32"],"default_route":null,\
            "no_sni_route":null,"draining":true}]}
            """);
  }

  @Test
  void limitsTheOnlyListenerOrTheOneThatIsNamed() {
    daemon()
        .answers(
            SetListenerMaxConnectionsRequest.class,
            SetListenerMaxConnectionsResponse.newBuilder().setPrevious(20).build());
    assertThat(run("listeners limit 500")).isEqualTo(Cli.OK);
    run("listeners limit :443 0");
    run("listeners limit :443 500 --json");
    assertThat(screen().out())
        .isEqualTo(
            """
            limit: 500 (was: 20)
            limit of :443: none (was: 20)
            {"version":1,"listener":":443","max_connections":500,"previous":20}
            """);
    SetListenerMaxConnectionsRequest named =
        SetListenerMaxConnectionsRequest.newBuilder().setListenerAddr(":443").build();
    assertThat(daemon().asked())
        .containsExactly(
            SetListenerMaxConnectionsRequest.newBuilder().setMaxConnections(500).build(),
            named,
            named.toBuilder().setMaxConnections(500).build());
  }

  @Test
  void aListenerThatIsNotThereIsAFailure() {
    daemon()
        .fails(
            SetListenerMaxConnectionsRequest.class,
            Status.NOT_FOUND.withDescription("no listener :1 (expected: :443 or :8443)"));
    assertThat(run("listeners limit :1 5")).isEqualTo(Cli.FAILED);
    assertThat(screen().err())
        .isEqualTo("listeners limit: no listener :1 (expected: :443 or :8443)\n");
  }
}
