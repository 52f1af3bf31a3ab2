package dev.gatehouse.client.proxy;

import java.util.List;

/**
 * A listener of the proxy and what is going on at it.
 *
 * @param addr its identity, as the configuration writes it
 * @param proxyProtocol whether each connection must begin with a PROXY header
 * @param maxConnections 0 is without limit
 * @param boundAddr where the kernel says that it listens
 * @param defaultRoute the hostname of the route for names that match nothing; empty for none
 * @param noSniRoute the hostname of the route for hellos without a name; empty for none
 * @param draining whether it takes no new connections and lets the open ones end
 */
public record ListenerStatus(
    String addr,
    int routeCount,
    long activeConnections,
    boolean proxyProtocol,
    long maxConnections,
    String boundAddr,
    List<String> trustedProxies,
    String defaultRoute,
    String noSniRoute,
    boolean draining) {

  public ListenerStatus {
    trustedProxies = List.copyOf(trustedProxies);
  }
}
