package dev.gatehouse.proxy.route;

import dev.gatehouse.kernel.address.AddressScope;
import dev.gatehouse.net.connect.Destination;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Where connections for a name go, and how; a whole, never a bare backend.
 *
 * @param backends at least one
 * @param balance which of them is next
 * @param healthInterval between checks of each backend; zero is none
 * @param header what a PROXY header to the backend tells besides addresses; empty: no header
 * @param idleTimeout without a byte in either direction, zero for never; empty: that of the proxy
 * @param l7 what only matters where the proxy speaks TLS
 */
public record Route(
    RouteName hostname,
    RouteMode mode,
    List<Destination> backends,
    Balance balance,
    Duration healthInterval,
    Optional<Set<SentTlv>> header,
    Optional<Duration> idleTimeout,
    L7Settings l7) {

  public Route {
    backends = List.copyOf(backends);
    header = header.map(Set::copyOf);
    if (backends.isEmpty()) {
      throw new IllegalArgumentException("backends: none (expected: at least one)");
    }
  }

  /** Whether what was encrypted for the proxy would leave it for a public address in clear. */
  public boolean isInTheOpen() {
    return mode == RouteMode.L7
        && l7.backendTls().isEmpty()
        && backends.stream()
            .map(Destination::literal)
            .flatMap(Optional::stream)
            .anyMatch(address -> address.scope() == AddressScope.PUBLIC);
  }

  /** The same with other policies. */
  public Route withPolicies(List<L7Policy> policies) {
    return with(l7.withPolicies(policies));
  }

  /** The same with files that are found from that folder. */
  public Route in(Path folder) {
    return with(l7.in(folder));
  }

  private Route with(L7Settings other) {
    return new Route(hostname, mode, backends, balance, healthInterval, header, idleTimeout, other);
  }
}
