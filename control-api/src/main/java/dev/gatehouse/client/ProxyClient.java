package dev.gatehouse.client;

import dev.gatehouse.client.message.CertificateMessages;
import dev.gatehouse.client.message.ProxyMessages;
import dev.gatehouse.client.message.RouteMessages;
import dev.gatehouse.client.proxy.AddOption;
import dev.gatehouse.client.proxy.AddedRoute;
import dev.gatehouse.client.proxy.Certificate;
import dev.gatehouse.client.proxy.L7Policy;
import dev.gatehouse.client.proxy.ListenerStatus;
import dev.gatehouse.client.proxy.Route;
import dev.gatehouse.client.proxy.Warning;
import dev.gatehouse.v1.AddL7PolicyRequest;
import dev.gatehouse.v1.AddRouteRequest;
import dev.gatehouse.v1.ListCertificatesRequest;
import dev.gatehouse.v1.ListL7PoliciesRequest;
import dev.gatehouse.v1.ListListenersRequest;
import dev.gatehouse.v1.ListRoutesRequest;
import dev.gatehouse.v1.ProxyServiceGrpc;
import dev.gatehouse.v1.ProxyServiceGrpc.ProxyServiceBlockingStub;
import dev.gatehouse.v1.RemoveL7PolicyRequest;
import dev.gatehouse.v1.RemoveRouteRequest;
import dev.gatehouse.v1.SetListenerMaxConnectionsRequest;
import java.util.List;
import java.util.function.Function;

/**
 * The calls about the front door.
 *
 * <p>A listener is named by its address as the configuration writes it; where there is only one,
 * the empty name stands for it.
 */
public final class ProxyClient {

  private final Calls calls;

  ProxyClient(Calls calls) {
    this.calls = calls;
  }

  /** The listeners, in the order in which they were added. */
  public List<ListenerStatus> listeners() throws ControlException {
    return answer(stub -> stub.listListeners(ListListenersRequest.getDefaultInstance()))
        .getListenersList()
        .stream()
        .map(ProxyMessages::listener)
        .toList();
  }

  /**
   * Sets how many connections a listener holds at most; open ones beyond that stay.
   *
   * @param maxConnections 0 is without limit
   * @return the limit before
   */
  public long limitConnections(String listener, long maxConnections) throws ControlException {
    SetListenerMaxConnectionsRequest request =
        SetListenerMaxConnectionsRequest.newBuilder()
            .setListenerAddr(listener)
            .setMaxConnections(maxConnections)
            .build();
    return answer(stub -> stub.setListenerMaxConnections(request)).getPrevious();
  }

  /** The routes of one listener; of all for the empty name. */
  public List<Route> routes(String listener) throws ControlException {
    ListRoutesRequest request = ListRoutesRequest.newBuilder().setListenerAddr(listener).build();
    return answer(stub -> stub.listRoutes(request)).getRoutesList().stream()
        .map(RouteMessages::route)
        .toList();
  }

  /** Adds a route, or makes the one of that hostname equal to it. */
  public AddedRoute addRoute(String listener, Route route, AddOption... options)
      throws ControlException {
    List<AddOption> chosen = List.of(options);
    AddRouteRequest request =
        AddRouteRequest.newBuilder()
            .setListenerAddr(listener)
            .setRoute(RouteMessages.message(route))
            .setClearL7Policies(chosen.contains(AddOption.CLEAR_POLICIES))
            .setValidateOnly(chosen.contains(AddOption.VALIDATE_ONLY))
            .build();
    return ProxyMessages.added(answer(stub -> stub.addRoute(request)));
  }

  /** Removes a route with its policies; its open connections go on. */
  public void removeRoute(String listener, String hostname) throws ControlException {
    RemoveRouteRequest request =
        RemoveRouteRequest.newBuilder().setListenerAddr(listener).setHostname(hostname).build();
    answer(stub -> stub.removeRoute(request));
  }

  /** The policies of one route, in the order in which they are asked. */
  public List<L7Policy> policies(String listener, String hostname) throws ControlException {
    ListL7PoliciesRequest request =
        ListL7PoliciesRequest.newBuilder().setListenerAddr(listener).setHostname(hostname).build();
    return answer(stub -> stub.listL7Policies(request)).getPoliciesList().stream()
        .map(ProxyMessages::policy)
        .toList();
  }

  /** The certificates that L7 routes show. */
  public List<Certificate> certificates() throws ControlException {
    return answer(stub -> stub.listCertificates(ListCertificatesRequest.getDefaultInstance()))
        .getCertificatesList()
        .stream()
        .map(CertificateMessages::certificate)
        .toList();
  }

  /** Adds a policy behind those of the route. */
  public List<Warning> addPolicy(String listener, String hostname, L7Policy policy)
      throws ControlException {
    AddL7PolicyRequest request =
        AddL7PolicyRequest.newBuilder()
            .setListenerAddr(listener)
            .setHostname(hostname)
            .setPolicy(ProxyMessages.message(policy))
            .build();
    return ProxyMessages.warnings(answer(stub -> stub.addL7Policy(request)).getWarningsList());
  }

  /** Removes a policy. */
  public void removePolicy(String listener, String hostname, L7Policy policy)
      throws ControlException {
    RemoveL7PolicyRequest request =
        RemoveL7PolicyRequest.newBuilder()
            .setListenerAddr(listener)
            .setHostname(hostname)
            .setPolicy(ProxyMessages.message(policy))
            .build();
    answer(stub -> stub.removeL7Policy(request));
  }

  private <T> T answer(Function<ProxyServiceBlockingStub, T> call) throws ControlException {
    return calls.answer(ProxyServiceGrpc::newBlockingStub, call);
  }
}
