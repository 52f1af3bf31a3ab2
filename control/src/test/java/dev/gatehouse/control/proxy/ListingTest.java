package dev.gatehouse.control.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.control.CallFailure;
import dev.gatehouse.control.FakeProxyView;
import dev.gatehouse.control.call.TimeMessages;
import dev.gatehouse.proxy.ProxyView.State;
import dev.gatehouse.testkit.LogGuard;
import dev.gatehouse.v1.BackendProtocol;
import dev.gatehouse.v1.Balance;
import dev.gatehouse.v1.ListListenersRequest;
import dev.gatehouse.v1.ListenerStatus;
import dev.gatehouse.v1.Route;
import dev.gatehouse.v1.RouteMode;
import dev.gatehouse.v1.RouteState;
import dev.gatehouse.v1.RouteStatus;
import io.grpc.Status.Code;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ListingTest {

  private static final String NOT_FOUND_LISTENER =
      "there is no listener [::]:444; expected [::]:443, 10.0.0.1:443";

  @TempDir private Path folder;
  @RegisterExtension private final LogGuard log = new LogGuard();
  private RunningProxyCalls calls;

  @BeforeEach
  void start() throws IOException {
    calls = new RunningProxyCalls(folder);
  }

  @AfterEach
  void stop() throws IOException {
    calls.close();
  }

  @Test
  void listsListenersWithWhatGoesOnAtThem() {
    calls
        .proxy
        .listening(calls.main.withMaxConnections(9), 4, false)
        .listening(calls.other, 1, true);
    assertThat(
            calls.stub.listListeners(ListListenersRequest.getDefaultInstance()).getListenersList())
        .containsExactly(
            ListenerStatus.newBuilder()
                .setAddr("[::]:443")
                .setBoundAddr("[::]:443")
                .setRouteCount(2)
                .setActiveConnections(4)
                .setMaxConnections(9)
                .setDefaultRoute("*.example.org")
                .build(),
            ListenerStatus.newBuilder()
                .setAddr("10.0.0.1:443")
                .setBoundAddr("10.0.0.1:443")
                .setRouteCount(1)
                .setActiveConnections(1)
                .setDraining(true)
                .build());
  }

  @Test
  void listsRoutesWithWhatTheyDo() {
    calls.proxy.running(
        FakeProxyView.view(calls.main.routes().getFirst(), State.BACKEND_DOWN, 3, 8));
    List<Route> routes = calls.stub.listRoutes(Messages.listRoutes("")).getRoutesList();
    assertThat(routes)
        .extracting(Route::getHostname)
        .containsExactly("git.example.org", "*.example.org", "mail.example.org");
    assertThat(routes.getFirst().getStatus())
        .isEqualTo(
            RouteStatus.newBuilder()
                .setId(1)
                .setListenerAddr("[::]:443")
                .setState(RouteState.ROUTE_STATE_BACKEND_DOWN)
                .setDetail("no backend took its last connection")
                .setActiveConnections(3)
                .setLearnedProtocol("h2c")
                .build());
    assertThat(routes.get(2).getStatus())
        .isEqualTo(RouteStatus.newBuilder().setId(3).setListenerAddr("10.0.0.1:443").build());
  }

  @Test
  void listsTheRoutesOfOneListener() {
    assertThat(calls.stub.listRoutes(Messages.listRoutes("10.0.0.1:443")).getRoutesList())
        .extracting(Route::getHostname)
        .containsExactly("mail.example.org");
    assertThat(CallFailure.of(() -> calls.stub.listRoutes(Messages.listRoutes(":444"))))
        .isEqualTo(new CallFailure(Code.NOT_FOUND, NOT_FOUND_LISTENER, List.of()));
  }

  @Test
  void anL7RouteOfTheDatabaseIsListedWhole() {
    assertThat(RouteMessages.of(Samples.l7(), RouteStatus.getDefaultInstance()))
        .isEqualTo(
            Route.newBuilder()
                .setHostname("www.example.org")
                .setBackend("10.0.0.8:8443")
                .setMode(RouteMode.ROUTE_MODE_L7)
                .setBalance(Balance.BALANCE_ROUND_ROBIN)
                .setTlsCert("/etc/www.pem")
                .setTlsKey("/etc/www.key")
                .setBackendTls(true)
                .setBackendTlsVerify(false)
                .setBackendTlsCa("/etc/ca.pem")
                .setBackendTlsName("inside")
                .setBackendProtocol(BackendProtocol.BACKEND_PROTOCOL_H2)
                .setTlsMinVersion("1.2")
                .setResponseHeaderTimeout(TimeMessages.of(Duration.ofSeconds(7)))
                .setMaxRequestBody(1 << 20)
                .addL7Policies(Messages.badBot())
                .setStatus(RouteStatus.getDefaultInstance())
                .build());
  }

  @Test
  void policiesOfARouteThatIsNotThereAreNotFound() {
    assertThat(CallFailure.of(() -> calls.policies(":443", "nowhere.example")).code())
        .isEqualTo(Code.NOT_FOUND);
    assertThat(CallFailure.of(() -> calls.policies(":444", "git.example.org")).description())
        .isEqualTo(NOT_FOUND_LISTENER);
  }
}
