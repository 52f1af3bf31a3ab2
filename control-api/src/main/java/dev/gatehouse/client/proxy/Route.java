package dev.gatehouse.client.proxy;

import java.util.List;
import java.util.Optional;

/**
 * Where connections for a name go, and how.
 *
 * @param hostname a name, or a wildcard such as {@code *.example.org}
 * @param policies what an L7 route asks of requests, in the order in which it asks
 * @param status what it is doing; only in routes that came from a daemon
 */
public record Route(
    String hostname,
    Mode mode,
    Backends backends,
    ServerTls tls,
    RouteLimits limits,
    List<L7Policy> policies,
    Optional<RouteStatus> status) {

  /** Who speaks TLS with the client. */
  public enum Mode {
    /** The backend; bytes pass untouched. */
    L4,
    /** The proxy. */
    L7,
    /** One that this program does not know. */
    UNKNOWN
  }

  public Route {
    policies = List.copyOf(policies);
  }

  /** A route to one backend that speaks TLS with the client itself. */
  public static Route l4(String hostname, String backend) {
    return of(hostname, Mode.L4, Backends.one(backend), ServerTls.NONE);
  }

  /** A route to one backend behind the TLS of the proxy. */
  public static Route l7(String hostname, String backend, ServerTls tls) {
    return of(hostname, Mode.L7, Backends.one(backend), tls);
  }

  /** A route without limits or policies of its own. */
  public static Route of(String hostname, Mode mode, Backends backends, ServerTls tls) {
    return new Route(
        hostname, mode, backends, tls, RouteLimits.INHERITED, List.of(), Optional.empty());
  }

  public Route withBackends(Backends other) {
    return new Route(hostname, mode, other, tls, limits, policies, status);
  }

  public Route withLimits(RouteLimits other) {
    return new Route(hostname, mode, backends, tls, other, policies, status);
  }

  public Route withPolicies(List<L7Policy> others) {
    return new Route(hostname, mode, backends, tls, limits, others, status);
  }

  public Route withStatus(RouteStatus other) {
    return new Route(hostname, mode, backends, tls, limits, policies, Optional.of(other));
  }
}
