package dev.gatehouse.proxy.config;

import dev.gatehouse.config.Section;
import java.time.Duration;

/**
 * What all listeners of the proxy share.
 *
 * @param idleTimeout of routes that have none of their own; zero is never
 * @param connectTimeout for one backend, names looked up and header sent
 * @param proxyHeaderTimeout for a whole PROXY header, from accept
 * @param backlog how many connections may wait in the kernel to be accepted
 * @param reusePort whether each loop accepts for itself
 */
public record ProxySettings(
    Duration idleTimeout,
    Duration connectTimeout,
    Duration proxyHeaderTimeout,
    HelloLimits hello,
    RelaySettings relay,
    HttpSettings http,
    AccessLogging accessLog,
    int backlog,
    boolean reusePort) {

  /** A client needs as long to notice that its first segment was lost. */
  private static final Duration LEAST_HEADER_TIMEOUT = Duration.ofSeconds(3);

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

  static ProxySettings read(Section proxy) {
    return new ProxySettings(
        proxy
            .duration("idle_timeout", "without a byte in either direction; 0 = never")
            .orZero()
            .orElse(Duration.ofMinutes(5)),
        proxy
            .duration("connect_timeout", "for a connection to one backend")
            .orElse(Duration.ofSeconds(5)),
        proxy
            .duration("proxy_header_timeout", "for a whole PROXY header, from accept")
            .range(LEAST_HEADER_TIMEOUT, Duration.ofMinutes(5))
            .orElse(Duration.ofSeconds(5)),
        HelloLimits.read(proxy),
        RelaySettings.read(proxy),
        HttpSettings.read(proxy),
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
        proxy.flag("reuse_port", "one listening socket for each event loop (epoll)").orElse(false));
  }
}
