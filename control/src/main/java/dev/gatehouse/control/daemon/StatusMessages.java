package dev.gatehouse.control.daemon;

import dev.gatehouse.control.ServerView;
import dev.gatehouse.control.call.TimeMessages;
import dev.gatehouse.control.call.Warnings;
import dev.gatehouse.control.proxy.ListenerMessages;
import dev.gatehouse.kernel.metric.EventCounters;
import dev.gatehouse.kernel.metric.Metric;
import dev.gatehouse.net.firewall.Firewall;
import dev.gatehouse.proxy.ProxyView;
import dev.gatehouse.v1.BlockedCount;
import dev.gatehouse.v1.GetStatusResponse;
import dev.gatehouse.v1.ListeningSocket;
import dev.gatehouse.v1.ServiceState;
import dev.gatehouse.v1.ServiceStatus;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the daemon as a whole does now, as a message. */
public final class StatusMessages {

  private final ServerView server;
  private final @Nullable ProxyView proxy;
  private final EventCounters counters;

  /**
   * Status of a daemon.
   *
   * @param proxy null while the proxy is switched off
   * @param counters those on which the firewall counts
   */
  public StatusMessages(ServerView server, @Nullable ProxyView proxy, EventCounters counters) {
    this.server = server;
    this.proxy = proxy;
    this.counters = counters;
  }

  /** All but rates. */
  GetStatusResponse.Builder status() {
    GetStatusResponse.Builder status =
        GetStatusResponse.newBuilder()
            .setVersion(server.version())
            .setUptime(TimeMessages.of(server.uptime()));
    for (ServerView.Service service : server.services()) {
      status.addServiceStates(service(service));
      if (service.state() != dev.gatehouse.kernel.lifecycle.ServiceState.OFF) {
        status.addServices(service.name());
      }
    }
    server.listeners().forEach(listening -> status.addSockets(socket(listening)));
    put(status, server.condition());
    putBlocked(status);
    if (proxy != null) {
      put(status, proxy);
    }
    return status;
  }

  /** The counters of all routes; none while the proxy is switched off. */
  List<ProxyView.RouteView> routes() {
    return proxy == null ? List.of() : proxy.routes();
  }

  int drift() {
    return server.condition().drift();
  }

  private static void put(GetStatusResponse.Builder status, ServerView.Condition condition) {
    status
        .setStartedAt(TimeMessages.of(condition.started()))
        .setConfigDrift(condition.drift())
        .setDraining(condition.draining())
        .addAllWarnings(Warnings.of(condition.warnings()));
    condition.countriesBuilt().map(TimeMessages::of).ifPresent(status::setGeoipBuiltAt);
    condition
        .nextExpiry()
        .ifPresent(
            expiry ->
                status
                    .setNextCertificateExpiry(TimeMessages.of(expiry.notAfter()))
                    .setNextCertificateRoute(expiry.route()));
  }

  private void putBlocked(GetStatusResponse.Builder status) {
    for (Firewall.Reason reason : Firewall.Reason.values()) {
      long count = counters.counter(Metric.FIREWALL_BLOCKED, reason.label()).sum();
      status.addBlocked(blocked(reason.label(), count));
    }
  }

  private static void put(GetStatusResponse.Builder status, ProxyView proxy) {
    proxy.listeners().forEach(listener -> status.addListeners(ListenerMessages.of(listener)));
    status
        .setTotalConnections(proxy.routes().stream().mapToLong(ProxyView.RouteView::routed).sum())
        .setActiveConnections(
            proxy.listeners().stream().mapToLong(ProxyView.ListenerView::connections).sum());
    proxy.refused().forEach((reason, count) -> status.addBlocked(blocked(reason, count)));
  }

  private static BlockedCount blocked(String reason, long count) {
    return BlockedCount.newBuilder().setReason(reason).setCount(count).build();
  }

  private static ServiceStatus service(ServerView.Service service) {
    return ServiceStatus.newBuilder()
        .setName(service.name())
        .setState(state(service.state()))
        .addAllWaitingFor(service.waitingFor())
        .build();
  }

  private static ListeningSocket socket(ServerView.Listening listening) {
    return ListeningSocket.newBuilder()
        .setService(listening.service())
        .setProtocol(listening.protocol())
        .setAddress(listening.address())
        .build();
  }

  private static ServiceState state(dev.gatehouse.kernel.lifecycle.ServiceState state) {
    return switch (state) {
      case OFF -> ServiceState.SERVICE_STATE_OFF;
      case STARTING -> ServiceState.SERVICE_STATE_STARTING;
      case SERVING -> ServiceState.SERVICE_STATE_SERVING;
      case DRAINING -> ServiceState.SERVICE_STATE_DRAINING;
      case FAILED -> ServiceState.SERVICE_STATE_FAILED;
    };
  }
}
