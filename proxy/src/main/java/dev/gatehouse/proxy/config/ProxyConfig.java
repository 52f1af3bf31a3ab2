package dev.gatehouse.proxy.config;

import dev.gatehouse.config.Section;
import dev.gatehouse.kernel.address.Endpoint;
import dev.gatehouse.kernel.address.IpAddress;
import dev.gatehouse.kernel.address.ListenAddress;
import dev.gatehouse.net.connect.Destination;
import dev.gatehouse.proxy.route.Route;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The table {@code [proxy]}.
 *
 * @param connectTimeout for one backend, names looked up and header sent
 * @param proxyHeaderTimeout for a whole PROXY header, from accept
 * @param backlog how many connections may wait in the kernel to be accepted
 * @param reusePort whether each loop accepts for itself
 */
public record ProxyConfig(
    List<ListenerConfig> listeners,
    Duration connectTimeout,
    Duration proxyHeaderTimeout,
    HelloLimits hello,
    RelaySettings relay,
    AccessLogging accessLog,
    int backlog,
    boolean reusePort) {

  /** Of all listeners together. */
  private static final int MAX_ROUTES = 10_000;

  /** A client needs as long to notice that its first segment was lost. */
  private static final Duration LEAST_HEADER_TIMEOUT = Duration.ofSeconds(3);

  public ProxyConfig {
    listeners = List.copyOf(listeners);
  }

  /** Which connections the access log tells of. */
  public enum AccessLogging {
    OFF("off"),
    /** Those that did not end as a client or a backend wished. */
    ERRORS("errors"),
    ALL("all");

    private final String label;

    AccessLogging(String label) {
      this.label = label;
    }

    /** The word for this in the configuration. */
    public String label() {
      return label;
    }
  }

  /**
   * Reads the table.
   *
   * @param welcome what the built-in configuration has instead of a backend
   */
  public static ProxyConfig read(Section proxy, Endpoint welcome) {
    Duration idle =
        proxy
            .duration("idle_timeout", "without a byte in either direction; 0 = never")
            .orZero()
            .orElse(Duration.ofMinutes(5));
    List<ListenerConfig> listeners =
        proxy.tables(
            "listeners", "ports for TLS clients", table -> ListenerConfig.read(table, idle));
    ProxyConfig config =
        new ProxyConfig(
            proxy.isBuiltIn() ? List.of(ListenerConfig.builtIn(welcome, idle)) : listeners,
            proxy
                .duration("connect_timeout", "for a connection to one backend")
                .orElse(Duration.ofSeconds(5)),
            proxy
                .duration("proxy_header_timeout", "for a whole PROXY header, from accept")
                .range(LEAST_HEADER_TIMEOUT, Duration.ofMinutes(5))
                .orElse(Duration.ofSeconds(5)),
            HelloLimits.read(proxy),
            RelaySettings.read(proxy),
            proxy
                .choice(
                    "access_log",
                    "which connections are logged",
                    AccessLogging.class,
                    AccessLogging::label)
                .orElse(AccessLogging.ALL),
            proxy
                .integer("backlog", "connections that may wait in the kernel to be accepted")
                .range(1, 65535)
                .orElse(1024),
            proxy
                .flag("reuse_port", "one listening socket for each event loop (epoll)")
                .orElse(false));
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

  /**
   * Whether a route of a listener for strangers leads to an address that only this host may use.
   *
   * @param guarded the address, of loopback
   */
  public boolean publishes(Endpoint guarded) {
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
