package dev.gatehouse.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.Any;
import com.google.rpc.BadRequest;
import com.google.rpc.BadRequest.FieldViolation;
import dev.gatehouse.client.ControlException.Code;
import dev.gatehouse.client.ControlException.Reason;
import dev.gatehouse.client.ControlException.Violation;
import dev.gatehouse.client.message.RouteMessages;
import dev.gatehouse.client.proxy.AddOption;
import dev.gatehouse.client.proxy.AddedRoute;
import dev.gatehouse.client.proxy.L7Policy;
import dev.gatehouse.client.proxy.ListenerStatus;
import dev.gatehouse.client.proxy.Route;
import dev.gatehouse.client.proxy.Warning;
import dev.gatehouse.v1.AddL7PolicyRequest;
import dev.gatehouse.v1.AddL7PolicyResponse;
import dev.gatehouse.v1.AddRouteRequest;
import dev.gatehouse.v1.AddRouteResponse;
import dev.gatehouse.v1.L7PolicyType;
import dev.gatehouse.v1.ListL7PoliciesRequest;
import dev.gatehouse.v1.ListL7PoliciesResponse;
import dev.gatehouse.v1.ListListenersRequest;
import dev.gatehouse.v1.ListListenersResponse;
import dev.gatehouse.v1.ListRoutesRequest;
import dev.gatehouse.v1.ListRoutesResponse;
import dev.gatehouse.v1.ProxyServiceGrpc;
import dev.gatehouse.v1.RemoveL7PolicyRequest;
import dev.gatehouse.v1.RemoveL7PolicyResponse;
import dev.gatehouse.v1.RemoveRouteRequest;
import dev.gatehouse.v1.RemoveRouteResponse;
import dev.gatehouse.v1.SetListenerMaxConnectionsRequest;
import dev.gatehouse.v1.SetListenerMaxConnectionsResponse;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.StreamObserver;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProxyClientTest {

  private static final String LISTENER = ":443";
  private static final String HOST = "git.example.org";
  private static final L7Policy POLICY = new L7Policy(L7Policy.Type.REQUIRE_HEADER, "X-Api-Key");

  private static final dev.gatehouse.v1.L7Policy POLICY_MESSAGE =
      dev.gatehouse.v1.L7Policy.newBuilder()
          .setType(L7PolicyType.L7_POLICY_TYPE_REQUIRE_HEADER)
          .setValue("X-Api-Key")
          .build();

  @TempDir private Path folder;
  private final List<Object> asked = new CopyOnWriteArrayList<>();
  private FakeDaemon daemon;
  private GatehouseClient client;
  private ProxyClient proxy;

  @BeforeEach
  void start() throws Exception {
    Path socket = folder.resolve("control.sock");
    daemon = new FakeDaemon(socket, new FakeProxy());
    client = GatehouseClient.open(socket);
    proxy = client.proxy();
  }

  @AfterEach
  void stop() {
    client.close();
    daemon.close();
  }

  @Test
  void readsListeners() throws Exception {
    assertThat(proxy.listeners())
        .containsExactly(
            new ListenerStatus(
                LISTENER, 2, 3, true, 4, "[::]:443", List.of("10.0.0.0/8"), "a", "b", true));
  }

  @Test
  void limitsConnectionsAndTellsTheLimitBefore() throws Exception {
    assertThat(proxy.limitConnections(LISTENER, 500)).isEqualTo(20);
    assertThat(asked)
        .containsExactly(
            SetListenerMaxConnectionsRequest.newBuilder()
                .setListenerAddr(LISTENER)
                .setMaxConnections(500)
                .build());
  }

  @Test
  void readsRoutesOfOneListener() throws Exception {
    assertThat(proxy.routes(LISTENER)).containsExactly(Route.l4(HOST, "10.0.0.5:443"));
    assertThat(asked)
        .containsExactly(ListRoutesRequest.newBuilder().setListenerAddr(LISTENER).build());
  }

  @Test
  void addsARouteAsItIsMeant() throws Exception {
    Route route = Route.l4(HOST, "10.0.0.5:443");
    AddedRoute added = proxy.addRoute("", route);
    assertThat(added)
        .isEqualTo(
            new AddedRoute(
                AddedRoute.Outcome.UPDATED, 7, List.of(new Warning("route.tls_cert", "no use"))));
    proxy.addRoute(LISTENER, route, AddOption.VALIDATE_ONLY, AddOption.CLEAR_POLICIES);
    AddRouteRequest plain =
        AddRouteRequest.newBuilder().setRoute(RouteMessages.message(route)).build();
    assertThat(asked)
        .containsExactly(
            plain,
            plain.toBuilder()
                .setListenerAddr(LISTENER)
                .setValidateOnly(true)
                .setClearL7Policies(true)
                .build());
  }

  @Test
  void namesTheFieldsOfARefusedCall() {
    ControlException failure =
        catchThrowableOfType(
            ControlException.class, () -> proxy.addRoute(LISTENER, Route.l4(HOST, "nope")));
    assertThat(failure.reason()).isEqualTo(Reason.REJECTED);
    assertThat(failure.code()).isEqualTo(Code.INVALID_ARGUMENT);
    assertThat(failure.detail()).isEqualTo("refused");
    assertThat(failure.violations())
        .containsExactly(
            new Violation("route.backend", "\"nope\" (expected: HOST:PORT)"),
            new Violation("route.mode", "unspecified"));
  }

  @Test
  void removesARoute() throws Exception {
    proxy.removeRoute(LISTENER, HOST);
    assertThat(asked)
        .containsExactly(
            RemoveRouteRequest.newBuilder().setListenerAddr(LISTENER).setHostname(HOST).build());
  }

  @Test
  void readsAddsAndRemovesPolicies() throws Exception {
    assertThat(proxy.policies(LISTENER, HOST))
        .containsExactly(POLICY, new L7Policy(L7Policy.Type.UNKNOWN, "of a newer daemon"));
    assertThat(proxy.addPolicy(LISTENER, HOST, POLICY))
        .containsExactly(new Warning("", "asked of nothing"));
    proxy.removePolicy(LISTENER, HOST, POLICY);
    assertThat(asked)
        .containsExactly(
            ListL7PoliciesRequest.newBuilder().setListenerAddr(LISTENER).setHostname(HOST).build(),
            AddL7PolicyRequest.newBuilder()
                .setListenerAddr(LISTENER)
                .setHostname(HOST)
                .setPolicy(POLICY_MESSAGE)
                .build(),
            RemoveL7PolicyRequest.newBuilder()
                .setListenerAddr(LISTENER)
                .setHostname(HOST)
                .setPolicy(POLICY_MESSAGE)
                .build());
  }

  @Test
  void neverSaysBackWhatItDidNotUnderstand() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> proxy.addPolicy(LISTENER, HOST, new L7Policy(L7Policy.Type.UNKNOWN, "x")))
        .withMessageStartingWith("policy: UNKNOWN (expected: a value that this program knows)");
    assertThat(asked).isEmpty();
  }

  private final class FakeProxy extends ProxyServiceGrpc.ProxyServiceImplBase {

    @Override
    public void listListeners(
        ListListenersRequest request, StreamObserver<ListListenersResponse> call) {
      dev.gatehouse.v1.ListenerStatus listener =
          dev.gatehouse.v1.ListenerStatus.newBuilder()
              .setAddr(LISTENER)
              .setRouteCount(2)
              .setActiveConnections(3)
              .setProxyProtocol(true)
              .setMaxConnections(4)
              .setBoundAddr("[::]:443")
              .addTrustedProxies("10.0.0.0/8")
              .setDefaultRoute("a")
              .setNoSniRoute("b")
              .setDraining(true)
              .build();
      FakeDaemon.answer(call, ListListenersResponse.newBuilder().addListeners(listener).build());
    }

    @Override
    public void setListenerMaxConnections(
        SetListenerMaxConnectionsRequest request,
        StreamObserver<SetListenerMaxConnectionsResponse> call) {
      asked.add(request);
      FakeDaemon.answer(
          call, SetListenerMaxConnectionsResponse.newBuilder().setPrevious(20).build());
    }

    @Override
    public void listRoutes(ListRoutesRequest request, StreamObserver<ListRoutesResponse> call) {
      asked.add(request);
      dev.gatehouse.v1.Route route =
          dev.gatehouse.v1.Route.newBuilder().setHostname(HOST).setBackend("10.0.0.5:443").build();
      FakeDaemon.answer(call, ListRoutesResponse.newBuilder().addRoutes(route).build());
    }

    @Override
    public void addRoute(AddRouteRequest request, StreamObserver<AddRouteResponse> call) {
      asked.add(request);
      if (request.getRoute().getBackend().equals("nope")) {
        call.onError(StatusProto.toStatusRuntimeException(refusal()));
        return;
      }
      FakeDaemon.answer(
          call,
          AddRouteResponse.newBuilder()
              .setOutcome(AddRouteResponse.Outcome.UPDATED)
              .setRouteId(7)
              .addWarnings(
                  dev.gatehouse.v1.Warning.newBuilder()
                      .setField("route.tls_cert")
                      .setText("no use"))
              .build());
    }

    @Override
    public void removeRoute(RemoveRouteRequest request, StreamObserver<RemoveRouteResponse> call) {
      asked.add(request);
      FakeDaemon.answer(call, RemoveRouteResponse.getDefaultInstance());
    }

    @Override
    public void listL7Policies(
        ListL7PoliciesRequest request, StreamObserver<ListL7PoliciesResponse> call) {
      asked.add(request);
      FakeDaemon.answer(
          call,
          ListL7PoliciesResponse.newBuilder()
              .addPolicies(POLICY_MESSAGE)
              .addPolicies(
                  dev.gatehouse.v1.L7Policy.newBuilder()
                      .setTypeValue(99)
                      .setValue("of a newer daemon"))
              .build());
    }

    @Override
    public void addL7Policy(AddL7PolicyRequest request, StreamObserver<AddL7PolicyResponse> call) {
      asked.add(request);
      FakeDaemon.answer(
          call,
          AddL7PolicyResponse.newBuilder()
              .addWarnings(dev.gatehouse.v1.Warning.newBuilder().setText("asked of nothing"))
              .build());
    }

    @Override
    public void removeL7Policy(
        RemoveL7PolicyRequest request, StreamObserver<RemoveL7PolicyResponse> call) {
      asked.add(request);
      FakeDaemon.answer(call, RemoveL7PolicyResponse.getDefaultInstance());
    }

    /** With a detail of another kind in front, which names no field. */
    private static com.google.rpc.Status refusal() {
      return com.google.rpc.Status.newBuilder()
          .setCode(com.google.rpc.Code.INVALID_ARGUMENT_VALUE)
          .setMessage("refused")
          .addDetails(Any.pack(com.google.rpc.ErrorInfo.newBuilder().setReason("x").build()))
          .addDetails(
              Any.pack(
                  BadRequest.newBuilder()
                      .addFieldViolations(
                          violation("route.backend", "\"nope\" (expected: HOST:PORT)"))
                      .addFieldViolations(violation("route.mode", "unspecified"))
                      .build()))
          .build();
    }

    private static FieldViolation violation(String field, String description) {
      return FieldViolation.newBuilder().setField(field).setDescription(description).build();
    }
  }
}
