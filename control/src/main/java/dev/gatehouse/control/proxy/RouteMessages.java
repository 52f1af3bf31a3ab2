package dev.gatehouse.control.proxy;

import dev.gatehouse.control.call.TimeMessages;
import dev.gatehouse.kernel.address.Endpoint;
import dev.gatehouse.proxy.ProxyView.RouteView;
import dev.gatehouse.proxy.route.BackendTls;
import dev.gatehouse.proxy.route.L7Policy;
import dev.gatehouse.proxy.route.L7Settings;
import dev.gatehouse.proxy.route.Route;
import dev.gatehouse.proxy.route.SentTlv;
import dev.gatehouse.proxy.route.TlsVersion;
import dev.gatehouse.v1.RouteStatus;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Routes and policies as messages, which say all that counts, also where it is the default. */
final class RouteMessages {

  private RouteMessages() {}

  static dev.gatehouse.v1.Route of(Route route, RouteStatus status) {
    dev.gatehouse.v1.Route.Builder message =
        dev.gatehouse.v1.Route.newBuilder()
            .setHostname(route.hostname().toString())
            .setMode(Words.of(route.mode()))
            .setBalance(Words.of(route.balance()))
            .setStatus(status);
    putBackends(message, route);
    route.header().ifPresent(told -> putHeader(message, told));
    route.idleTimeout().map(TimeMessages::of).ifPresent(message::setIdleTimeout);
    put(message, route.l7());
    return message.build();
  }

  /** What is known of a route that is in the ruleset. */
  static RouteStatus status(Endpoint listener, long id) {
    return RouteStatus.newBuilder().setListenerAddr(listener.toString()).setId(id).build();
  }

  /** What is known of a route that runs. */
  static RouteStatus status(RouteView route, long id) {
    return status(route.listener(), id).toBuilder()
        .setState(Words.of(route.state()))
        .setDetail(Words.detail(route.state()))
        .setActiveConnections(route.active())
        .setLearnedProtocol(route.learned().orElse(""))
        .build();
  }

  static List<dev.gatehouse.v1.L7Policy> policies(List<L7Policy> policies) {
    return policies.stream()
        .map(
            policy ->
                dev.gatehouse.v1.L7Policy.newBuilder()
                    .setType(Words.of(policy.type()))
                    .setValue(policy.value())
                    .build())
        .toList();
  }

  private static void putBackends(dev.gatehouse.v1.Route.Builder message, Route route) {
    if (route.backends().size() == 1) {
      message.setBackend(route.backends().getFirst().toString());
    } else {
      route.backends().forEach(backend -> message.addBackends(backend.toString()));
    }
    if (route.healthInterval().isPositive()) {
      message.setHealthInterval(TimeMessages.of(route.healthInterval()));
    }
  }

  private static void putHeader(dev.gatehouse.v1.Route.Builder message, Set<SentTlv> told) {
    message.setSendProxyProtocol(true);
    Stream.of(SentTlv.values())
        .filter(told::contains)
        .forEach(tlv -> message.addSendProxyTlvs(Words.of(tlv)));
  }

  private static void put(dev.gatehouse.v1.Route.Builder message, L7Settings l7) {
    message
        .setTlsCert(l7.certificate())
        .setTlsKey(l7.key())
        .setBackendProtocol(Words.of(l7.backendProtocol()))
        .addAllL7Policies(policies(l7.policies()));
    l7.backendTls().ifPresent(tls -> put(message, tls));
    l7.tlsMinVersion().map(TlsVersion::label).ifPresent(message::setTlsMinVersion);
    l7.responseHeaderTimeout().map(TimeMessages::of).ifPresent(message::setResponseHeaderTimeout);
    l7.maxRequestBody().ifPresent(message::setMaxRequestBody);
  }

  private static void put(dev.gatehouse.v1.Route.Builder message, BackendTls tls) {
    message
        .setBackendTls(true)
        .setBackendTlsVerify(tls.verify())
        .setBackendTlsCa(tls.authorities())
        .setBackendTlsName(tls.name());
  }
}
