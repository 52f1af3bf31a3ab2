package dev.gatehouse.control.proxy;

import dev.gatehouse.control.ControlCalls;
import dev.gatehouse.control.call.Answers;
import dev.gatehouse.control.call.Audit;
import dev.gatehouse.control.call.Mutation;
import dev.gatehouse.proxy.ProxyView;
import dev.gatehouse.proxy.ruleset.RulesetEditor;
import dev.gatehouse.v1.AddL7PolicyRequest;
import dev.gatehouse.v1.AddL7PolicyResponse;
import dev.gatehouse.v1.AddRouteRequest;
import dev.gatehouse.v1.AddRouteResponse;
import dev.gatehouse.v1.L7Policy;
import dev.gatehouse.v1.ListCertificatesRequest;
import dev.gatehouse.v1.ListCertificatesResponse;
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
import dev.gatehouse.v1.Route;
import dev.gatehouse.v1.SetListenerMaxConnectionsRequest;
import dev.gatehouse.v1.SetListenerMaxConnectionsResponse;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What operators ask of the proxy's listeners, routes and policies, and change in them. */
public final class ProxyCalls extends ProxyServiceGrpc.ProxyServiceImplBase
    implements ControlCalls {

  private final Audit audit;
  private final @Nullable Routing routing;

  /**
   * Calls over the ruleset in force.
   *
   * @param proxy null while the proxy is switched off; every call then says so
   */
  public ProxyCalls(RulesetEditor editor, @Nullable ProxyView proxy, Audit audit) {
    this.audit = audit;
    this.routing = proxy == null ? null : new Routing(editor, proxy);
  }

  @Override
  public void listListeners(
      ListListenersRequest request, StreamObserver<ListListenersResponse> call) {
    Answers.answer(call, () -> routing().listListeners());
  }

  @Override
  public void listRoutes(ListRoutesRequest request, StreamObserver<ListRoutesResponse> call) {
    Answers.answer(call, () -> routing().listRoutes(request));
  }

  @Override
  public void listCertificates(
      ListCertificatesRequest request, StreamObserver<ListCertificatesResponse> call) {
    Answers.answer(call, () -> routing().listCertificates());
  }

  @Override
  public void listL7Policies(
      ListL7PoliciesRequest request, StreamObserver<ListL7PoliciesResponse> call) {
    Answers.answer(call, () -> routing().listL7Policies(request));
  }

  @Override
  public void setListenerMaxConnections(
      SetListenerMaxConnectionsRequest request,
      StreamObserver<SetListenerMaxConnectionsResponse> call) {
    Mutation mutation =
        audit
            .mutation("SetListenerMaxConnections")
            .about("listener", request.getListenerAddr())
            .about("max_connections", request.getMaxConnections());
    Answers.answer(call, () -> mutation.make(() -> routing().setListenerMaxConnections(request)));
  }

  @Override
  public void addRoute(AddRouteRequest request, StreamObserver<AddRouteResponse> call) {
    if (request.getValidateOnly()) {
      Answers.answer(call, () -> routing().rehearseRoute(request));
      return;
    }
    Route route = request.getRoute();
    Mutation mutation =
        mutation("AddRoute", request.getListenerAddr(), route.getHostname())
            .about("mode", Words.label(route.getMode()))
            .about("backend", route.getBackend())
            .about("backends", String.join(",", route.getBackendsList()))
            .about("policies", described(route.getL7PoliciesList()));
    Answers.answer(call, () -> mutation.make(() -> routing().addRoute(request)));
  }

  @Override
  public void removeRoute(RemoveRouteRequest request, StreamObserver<RemoveRouteResponse> call) {
    Mutation mutation = mutation("RemoveRoute", request.getListenerAddr(), request.getHostname());
    Answers.answer(call, () -> mutation.make(() -> routing().removeRoute(request)));
  }

  @Override
  public void addL7Policy(AddL7PolicyRequest request, StreamObserver<AddL7PolicyResponse> call) {
    Mutation mutation =
        mutation("AddL7Policy", request.getListenerAddr(), request.getHostname())
            .about("policy", described(List.of(request.getPolicy())));
    Answers.answer(call, () -> mutation.make(() -> routing().addL7Policy(request)));
  }

  @Override
  public void removeL7Policy(
      RemoveL7PolicyRequest request, StreamObserver<RemoveL7PolicyResponse> call) {
    Mutation mutation =
        mutation("RemoveL7Policy", request.getListenerAddr(), request.getHostname())
            .about("policy", described(List.of(request.getPolicy())));
    Answers.answer(call, () -> mutation.make(() -> routing().removeL7Policy(request)));
  }

  @Override
  public void drain() {
    // every call here ends by itself
  }

  private Mutation mutation(String method, String listener, String hostname) {
    return audit.mutation(method).about("listener", listener).about("hostname", hostname);
  }

  private static String described(List<L7Policy> policies) {
    return policies.stream()
        .map(policy -> Words.label(policy.getType()) + '=' + policy.getValue())
        .collect(Collectors.joining(","));
  }

  private Routing routing() {
    if (routing == null) {
      throw Status.FAILED_PRECONDITION
          .withDescription("the proxy is switched off; add a [proxy] section to the configuration")
          .asRuntimeException();
    }
    return routing;
  }
}
