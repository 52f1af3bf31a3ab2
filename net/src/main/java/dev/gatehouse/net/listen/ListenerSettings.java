package dev.gatehouse.net.listen;

import dev.gatehouse.config.Section;
import dev.gatehouse.kernel.address.Cidr;
import dev.gatehouse.kernel.address.Endpoint;
import dev.gatehouse.net.firewall.FirewallConfig;
import java.time.Duration;
import java.util.List;

/**
 * What a listener is told.
 *
 * @param key where the configuration names it, for errors: {@code ops.listen}
 * @param service the word for its service in metrics
 * @param endpoint where it listens; {@code [::]} takes both families, port 0 any free one
 * @param backlog how many connections may wait in the kernel to be accepted
 * @param guard whom it lets in
 * @param proxyHeaderTimeout for a whole PROXY header, where one is required
 * @param drain how long connections may finish when the listener closes
 * @param onEveryLoop whether each loop has a socket of its own and accepts for itself, which spares
 *     a connection the way from one loop to another
 */
public record ListenerSettings(
    String key,
    String service,
    Endpoint endpoint,
    int backlog,
    Guard guard,
    Duration proxyHeaderTimeout,
    Duration drain,
    boolean onEveryLoop) {

  /** As long as a client takes to notice that its first segment was lost, and some more. */
  public static final Duration PROXY_HEADER_TIMEOUT = Duration.ofSeconds(5);

  /**
   * The keys of a listener that decide whom it lets in.
   *
   * @param proxyProtocol whether each connection must begin with a PROXY header
   * @param trustedProxies who may send one; empty: anybody
   * @param maxConnections the most at a time; 0 is no limit
   */
  public record Guard(boolean proxyProtocol, List<Cidr> trustedProxies, int maxConnections) {

    public Guard {
      trustedProxies = List.copyOf(trustedProxies);
    }

    /** Reads the keys from a listener's table. */
    public static Guard read(Section listener) {
      Guard guard =
          new Guard(
              listener
                  .flag("proxy_protocol", "each connection must begin with a PROXY header")
                  .orElse(false),
              FirewallConfig.networks(
                  listener,
                  "trusted_proxies",
                  "networks that may send that header; empty: any, with a warning"),
              listener
                  .integer("max_connections", "most connections at a time; 0 = no limit")
                  .orElse(0));
      if (!guard.proxyProtocol() && !guard.trustedProxies().isEmpty()) {
        listener.warn("trusted_proxies", "has no effect without proxy_protocol = true");
      }
      return guard;
    }
  }

  /** The same with another guard and another time for its headers. */
  ListenerSettings guarded(Guard other, Duration headerTimeout) {
    return new ListenerSettings(
        key, service, endpoint, backlog, other, headerTimeout, drain, onEveryLoop);
  }

  /** A listener whose clients connect directly. */
  public ListenerSettings(
      String key,
      String service,
      Endpoint endpoint,
      int backlog,
      int maxConnections,
      Duration drain) {
    this(
        key,
        service,
        endpoint,
        backlog,
        new Guard(false, List.of(), maxConnections),
        PROXY_HEADER_TIMEOUT,
        drain,
        false);
  }
}
