package dev.gatehouse.client.proxy;

import java.time.Duration;
import java.util.List;

/**
 * Where a route leads, and what is spoken there.
 *
 * @param addresses each HOST:PORT, IPv6 in brackets
 * @param balance which of several is next
 * @param healthInterval between TCP checks of each; zero is no checks
 * @param protocol what an L7 route speaks
 */
public record Backends(
    List<String> addresses,
    Balance balance,
    Duration healthInterval,
    Protocol protocol,
    BackendTls tls,
    ProxyHeader proxyHeader) {

  /** How connections are spread. */
  public enum Balance {
    ROUND_ROBIN,
    LEAST_CONNECTIONS,
    /** One that this program does not know. */
    UNKNOWN
  }

  /** What is spoken with a backend of an L7 route. */
  public enum Protocol {
    /** What the backend turns out to speak. */
    AUTO,
    H1,
    /** HTTP/2 without TLS. */
    H2C,
    H2,
    /** One that this program does not know. */
    UNKNOWN
  }

  public Backends {
    addresses = List.copyOf(addresses);
  }

  /** One backend without checks. */
  public static Backends one(String address) {
    return several(List.of(address), Balance.ROUND_ROBIN, Duration.ZERO);
  }

  /** Backends that are spoken to as it comes. */
  public static Backends several(List<String> addresses, Balance balance, Duration healthInterval) {
    return new Backends(
        addresses, balance, healthInterval, Protocol.AUTO, BackendTls.NONE, ProxyHeader.NONE);
  }

  public Backends withProtocol(Protocol other) {
    return new Backends(addresses, balance, healthInterval, other, tls, proxyHeader);
  }

  public Backends withTls(BackendTls other) {
    return new Backends(addresses, balance, healthInterval, protocol, other, proxyHeader);
  }

  public Backends withProxyHeader(ProxyHeader other) {
    return new Backends(addresses, balance, healthInterval, protocol, tls, other);
  }
}
