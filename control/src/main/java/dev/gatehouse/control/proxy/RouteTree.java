package dev.gatehouse.control.proxy;

import dev.gatehouse.config.tree.Node;
import dev.gatehouse.control.call.RequestTree;
import dev.gatehouse.v1.L7Policy;
import dev.gatehouse.v1.ProxyTlv;
import dev.gatehouse.v1.Route;
import java.util.List;

/** A route or a policy as the configuration would write it. */
final class RouteTree {

  private RouteTree() {}

  static RequestTree of(Route route) {
    RequestTree tree =
        new RequestTree()
            .given("hostname", route.getHostname())
            .choice("mode", Words.label(route.getMode()), route.getModeValue())
            .text("tls_cert", route.getTlsCert())
            .text("tls_key", route.getTlsKey())
            .text("tls_min_version", route.getTlsMinVersion());
    putBackends(tree, route);
    putBackendTls(tree, route);
    putHeader(tree, route);
    putLimits(tree, route);
    List<Node> policies =
        route.getL7PoliciesList().stream().<Node>map(policy -> of(policy).table()).toList();
    return tree.array("l7_policies", policies);
  }

  static RequestTree of(L7Policy policy) {
    return new RequestTree()
        .choice("type", Words.label(policy.getType()), policy.getTypeValue())
        .text("value", policy.getValue());
  }

  private static void putBackends(RequestTree tree, Route route) {
    tree.text("backend", route.getBackend())
        .texts("backends", route.getBackendsList())
        .choice("balance", Words.label(route.getBalance()), route.getBalanceValue());
    if (route.hasHealthInterval()) {
      tree.duration("health_interval", route.getHealthInterval());
    }
  }

  private static void putBackendTls(RequestTree tree, Route route) {
    tree.choice(
            "backend_protocol",
            Words.label(route.getBackendProtocol()),
            route.getBackendProtocolValue())
        .flag("backend_tls", route.getBackendTls())
        .text("backend_tls_ca", route.getBackendTlsCa())
        .text("backend_tls_name", route.getBackendTlsName());
    if (route.hasBackendTlsVerify()) {
      tree.flag("backend_tls_verify", route.getBackendTlsVerify());
    }
  }

  private static void putHeader(RequestTree tree, Route route) {
    tree.flag("send_proxy_protocol", route.getSendProxyProtocol());
    tree.array(
        "send_proxy_tlvs", route.getSendProxyTlvsValueList().stream().map(RouteTree::tlv).toList());
  }

  private static Node tlv(int number) {
    ProxyTlv tlv = ProxyTlv.forNumber(number);
    return RequestTree.constant(tlv == null ? "" : Words.label(tlv), number);
  }

  private static void putLimits(RequestTree tree, Route route) {
    if (route.hasIdleTimeout()) {
      tree.duration("idle_timeout", route.getIdleTimeout());
    }
    if (route.hasResponseHeaderTimeout()) {
      tree.duration("response_header_timeout", route.getResponseHeaderTimeout());
    }
    if (route.hasMaxRequestBody()) {
      tree.bytes("max_request_body", route.getMaxRequestBody());
    }
  }
}
