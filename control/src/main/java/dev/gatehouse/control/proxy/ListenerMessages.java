package dev.gatehouse.control.proxy;

import dev.gatehouse.proxy.ProxyView.ListenerView;
import dev.gatehouse.proxy.config.ListenerConfig;
import dev.gatehouse.v1.ListenerStatus;

/** Listeners of the proxy as messages. */
public final class ListenerMessages {

  private ListenerMessages() {}

  /** What a listener is told, and what is going on at it. */
  public static ListenerStatus of(ListenerView view) {
    ListenerConfig config = view.config();
    ListenerStatus.Builder message =
        ListenerStatus.newBuilder()
            .setAddr(config.address().toString())
            .setBoundAddr(view.bound().toString())
            .setRouteCount(config.routes().size())
            .setActiveConnections(view.connections())
            .setMaxConnections(config.guard().maxConnections())
            .setProxyProtocol(config.guard().proxyProtocol())
            .setDraining(view.draining());
    config.guard().trustedProxies().forEach(cidr -> message.addTrustedProxies(cidr.toString()));
    config.fallback().ifPresent(name -> message.setDefaultRoute(name.toString()));
    config.unnamed().ifPresent(name -> message.setNoSniRoute(name.toString()));
    return message.build();
  }
}
