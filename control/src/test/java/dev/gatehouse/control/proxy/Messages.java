package dev.gatehouse.control.proxy;

import dev.gatehouse.v1.AddL7PolicyRequest;
import dev.gatehouse.v1.AddRouteRequest;
import dev.gatehouse.v1.L7Policy;
import dev.gatehouse.v1.L7PolicyType;
import dev.gatehouse.v1.ListRoutesRequest;
import dev.gatehouse.v1.RemoveL7PolicyRequest;
import dev.gatehouse.v1.RemoveRouteRequest;
import dev.gatehouse.v1.Route;
import dev.gatehouse.v1.SetListenerMaxConnectionsRequest;

/** Requests and parts of them. */
final class Messages {

  private Messages() {}

  static ListRoutesRequest listRoutes(String listener) {
    return ListRoutesRequest.newBuilder().setListenerAddr(listener).build();
  }

  static AddRouteRequest add(String listener, Route route) {
    return AddRouteRequest.newBuilder().setListenerAddr(listener).setRoute(route).build();
  }

  static Route l4(String hostname, String backend) {
    return Route.newBuilder().setHostname(hostname).setBackend(backend).build();
  }

  static SetListenerMaxConnectionsRequest limit(String listener, long limit) {
    return SetListenerMaxConnectionsRequest.newBuilder()
        .setListenerAddr(listener)
        .setMaxConnections(limit)
        .build();
  }

  static RemoveRouteRequest remove(String listener, String hostname) {
    return RemoveRouteRequest.newBuilder().setListenerAddr(listener).setHostname(hostname).build();
  }

  static AddL7PolicyRequest addPolicy(L7Policy policy) {
    return AddL7PolicyRequest.newBuilder()
        .setListenerAddr(":443")
        .setHostname("git.example.org")
        .setPolicy(policy)
        .build();
  }

  static RemoveL7PolicyRequest removePolicy(L7Policy policy) {
    return RemoveL7PolicyRequest.newBuilder()
        .setListenerAddr(":443")
        .setHostname("git.example.org")
        .setPolicy(policy)
        .build();
  }

  static L7Policy badBot() {
    return L7Policy.newBuilder()
        .setType(L7PolicyType.L7_POLICY_TYPE_BLOCK_USER_AGENT)
        .setValue("BadBot")
        .build();
  }

  static L7Policy needsKey() {
    return L7Policy.newBuilder()
        .setType(L7PolicyType.L7_POLICY_TYPE_REQUIRE_HEADER)
        .setValue("X-Api-Key")
        .build();
  }
}
