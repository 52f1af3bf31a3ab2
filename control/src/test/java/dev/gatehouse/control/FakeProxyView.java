package dev.gatehouse.control;

import dev.gatehouse.kernel.address.Endpoint;
import dev.gatehouse.net.tls.CertificateView;
import dev.gatehouse.proxy.ProxyView;
import dev.gatehouse.proxy.config.ListenerConfig;
import dev.gatehouse.proxy.route.Route;
import dev.gatehouse.proxy.route.RouteName;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** A proxy that does what the test says. */
public final class FakeProxyView implements ProxyView {

  private final List<ListenerView> listeners = new CopyOnWriteArrayList<>();
  private final List<RouteView> routes = new CopyOnWriteArrayList<>();
  private final List<ShownCertificate> certificates = new CopyOnWriteArrayList<>();
  private final Map<String, Long> refused = new LinkedHashMap<>();

  /** A listener that is bound to its own address. */
  public FakeProxyView listening(ListenerConfig config, int connections, boolean draining) {
    listeners.add(new ListenerView(config, config.address(), connections, draining));
    return this;
  }

  /** A route that runs; one of the same name takes the place of the earlier one. */
  public FakeProxyView running(RouteView route) {
    routes.removeIf(known -> known.route().hostname().equals(route.route().hostname()));
    routes.add(route);
    return this;
  }

  /** A certificate that a route shows. */
  public FakeProxyView showing(Endpoint listener, RouteName hostname, CertificateView certificate) {
    certificates.add(new ShownCertificate(listener, hostname, certificate));
    return this;
  }

  /** Connections that were refused. */
  public FakeProxyView refusing(String reason, long count) {
    refused.put(reason, count);
    return this;
  }

  /** A route of the listener {@code :443} that has been used a little. */
  public static RouteView view(Route route, State state, long active, long routed) {
    return new RouteView(
        Rules.endpoint(":443"),
        route,
        state,
        active,
        routed,
        100 * routed,
        1_000 * routed,
        0,
        new Spread(List.of(0.001, 0.01), List.of(routed, 0L, 0L)),
        Optional.of("h2c"));
  }

  @Override
  public List<ListenerView> listeners() {
    return List.copyOf(listeners);
  }

  @Override
  public List<RouteView> routes() {
    return List.copyOf(routes);
  }

  @Override
  public List<ShownCertificate> certificates() {
    return List.copyOf(certificates);
  }

  @Override
  public Map<String, Long> refused() {
    return refused;
  }
}
