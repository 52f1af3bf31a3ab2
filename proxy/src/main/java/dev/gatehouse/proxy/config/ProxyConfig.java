package dev.gatehouse.proxy.config;

import dev.gatehouse.config.Section;
import dev.gatehouse.kernel.address.Endpoint;
import dev.gatehouse.kernel.address.IpAddress;
import dev.gatehouse.kernel.address.ListenAddress;
import dev.gatehouse.net.connect.Destination;
import dev.gatehouse.proxy.route.Route;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The table {@code [proxy]}. */
public record ProxyConfig(List<ListenerConfig> listeners, ProxySettings settings) {

  /** Of all listeners together. */
  public static final int MAX_ROUTES = 10_000;

  public ProxyConfig {
    listeners = List.copyOf(listeners);
  }

  /**
   * What the built-in configuration leads to.
   *
   * @param welcome a page that is passed through untouched
   * @param console a page of HTTP/1.1 on loopback
   * @param certificate the file of that for localhost
   * @param key the file of its private key
   */
  public record BuiltIn(Endpoint welcome, Endpoint console, String certificate, String key) {}

  /** The same with files that are found from that folder, if they were not to be found alone. */
  public ProxyConfig in(Path folder) {
    return new ProxyConfig(
        listeners.stream().map(listener -> listener.in(folder)).toList(), settings);
  }

  /** Reads the table. */
  public static ProxyConfig read(Section proxy, BuiltIn builtIn) {
    ProxySettings settings = ProxySettings.read(proxy);
    List<ListenerConfig> listeners =
        proxy.tables("listeners", "ports for TLS clients", ListenerConfig::read);
    ProxyConfig config =
        new ProxyConfig(
            proxy.isBuiltIn() ? List.of(ListenerConfig.builtIn(builtIn)) : listeners, settings);
    check(proxy, config);
    return config;
  }

  private static void check(Section proxy, ProxyConfig config) {
    List<ListenerConfig> listeners = config.listeners();
    if (proxy.isPresent() && listeners.isEmpty()) {
      proxy.warn("listeners", "none, so the proxy has nothing to do");
    }
    if (listeners.stream().mapToInt(listener -> listener.routes().size()).sum() > MAX_ROUTES) {
      proxy.reject("listeners", "more than " + MAX_ROUTES + " routes");
    }
    List<Endpoint> before = new ArrayList<>();
    for (ListenerConfig listener : listeners) {
      Endpoint address = listener.address();
      before.stream()
          .filter(earlier -> ListenAddress.overlap(earlier, address))
          .findFirst()
          .ifPresent(
              earlier ->
                  proxy.reject(
                      "listeners",
                      "%s and %s would contend for one port; remove one"
                          .formatted(earlier, address)));
      before.add(address);
    }
  }

  /** Whether a route of a listener for strangers leads to an address of this host alone. */
  public static boolean publishes(List<ListenerConfig> listeners, Endpoint guarded) {
    return listeners.stream()
        .filter(listener -> !isLoopback(listener.address().address()))
        .flatMap(listener -> listener.routes().stream())
        .map(Route::backends)
        .flatMap(List::stream)
        .anyMatch(backend -> isAt(backend, guarded));
  }

  static boolean isLoopback(IpAddress address) {
    return switch (address.scope()) {
      case LOOPBACK -> true;
      case NONE, PRIVATE, PUBLIC -> false;
    };
  }

  /** Whether a backend is that socket, as far as can be told without looking names up. */
  static boolean isAt(Destination backend, Endpoint socket) {
    if (backend.port() != socket.port()) {
      return false;
    }
    return backend
        .literal()
        .map(IpAddress::unmapped)
        .map(
            address ->
                address.equals(socket.address().unmapped())
                    || (socket.address().isWildcard() && isLoopback(address)))
        .orElseGet(() -> backend.host().equals("localhost"));
  }
}
