package dev.gatehouse.proxy.config;

import dev.gatehouse.config.Section;
import dev.gatehouse.kernel.address.Endpoint;
import dev.gatehouse.kernel.address.IpAddress;
import dev.gatehouse.kernel.address.ListenAddress;
import dev.gatehouse.net.connect.Destination;
import dev.gatehouse.net.listen.ListenerSettings.Guard;
import dev.gatehouse.proxy.route.Route;
import dev.gatehouse.proxy.route.RouteName;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One of {@code [[proxy.listeners]]}.
 *
 * @param fallback the route for names that lead nowhere else
 * @param unnamed the route for clients that send no name
 */
public record ListenerConfig(
    Endpoint address,
    Guard guard,
    List<Route> routes,
    Optional<RouteName> fallback,
    Optional<RouteName> unnamed) {

  private static final IpAddress LOOPBACK = IpAddress.ipv4(0x7f00_0001);
  private static final Endpoint EXAMPLE = new Endpoint(IpAddress.ANY_IPV6, 443);
  private static final int BUILT_IN_PORT = 8443;

  public ListenerConfig {
    routes = List.copyOf(routes);
  }

  /** The route of that name. */
  public Optional<Route> route(RouteName name) {
    return routes.stream().filter(route -> route.hostname().equals(name)).findFirst();
  }

  /** Whether connections to that backend would come back here. */
  public boolean isSelf(Destination backend) {
    return ProxyConfig.isAt(backend, address);
  }

  /** The same with other routes. */
  public ListenerConfig withRoutes(List<Route> others) {
    return new ListenerConfig(address, guard, others, fallback, unnamed);
  }

  /** The same with nowhere to lead. */
  public ListenerConfig withoutRoutes() {
    return new ListenerConfig(address, guard, List.of(), Optional.empty(), Optional.empty());
  }

  /** The same with another limit; 0 is no limit. */
  public ListenerConfig withMaxConnections(int maxConnections) {
    Guard other = new Guard(guard.proxyProtocol(), guard.trustedProxies(), maxConnections);
    return new ListenerConfig(address, other, routes, fallback, unnamed);
  }

  /** What runs without a file: a listener on loopback that leads to the daemon's own pages. */
  static ListenerConfig builtIn(ProxyConfig.BuiltIn pages) {
    Route console = RouteReader.console(pages);
    return new ListenerConfig(
        new Endpoint(LOOPBACK, BUILT_IN_PORT),
        new Guard(false, List.of(), 0),
        List.of(console, RouteReader.welcome(pages.welcome())),
        Optional.empty(),
        Optional.of(console.hostname()));
  }

  /** The same with files that are found from that folder. */
  ListenerConfig in(Path folder) {
    return withRoutes(routes.stream().map(route -> route.in(folder)).toList());
  }

  static ListenerConfig read(Section listener) {
    ListenerConfig config =
        new ListenerConfig(
            listener
                .value("addr", "where it listens", ListenAddress.EXPECTED, ListenAddress::parse)
                .required(EXAMPLE),
            Guard.read(listener),
            listener.tables("routes", "where names lead", RouteReader::read),
            routeName(listener, "default_route", "the route for names that have no other"),
            routeName(listener, "no_sni_route", "the route for clients that send no name"));
    config.check(listener);
    return config;
  }

  private static Optional<RouteName> routeName(Section listener, String key, String description) {
    return listener.value(key, description, RouteName.EXPECTED, RouteName::parse).optional();
  }

  private void check(Section listener) {
    if (routes.isEmpty() && listener.line() > 0) {
      listener.warn("routes", "none, so every connection is reset");
    }
    Set<RouteName> names = new HashSet<>();
    for (Route route : routes) {
      if (!names.add(route.hostname())) {
        listener.reject("routes", "\"" + route.hostname() + "\" is there twice; remove one");
      }
      route.backends().stream()
          .filter(this::isSelf)
          .forEach(backend -> refuseLoop(listener, route, backend));
    }
    fallback.ifPresent(name -> checkKnown(listener, "default_route", name, names));
    unnamed.ifPresent(name -> checkKnown(listener, "no_sni_route", name, names));
  }

  private static void refuseLoop(Section listener, Route route, Destination backend) {
    listener.reject(
        "routes",
        "the backend %s of \"%s\" is this listener itself".formatted(backend, route.hostname()));
  }

  private static void checkKnown(
      Section listener, String key, RouteName name, Set<RouteName> names) {
    if (!names.contains(name)) {
      listener.refuse(key, "the hostname of a route of this listener");
    }
  }
}
