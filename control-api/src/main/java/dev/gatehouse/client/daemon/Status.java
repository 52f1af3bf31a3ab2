package dev.gatehouse.client.daemon;

import dev.gatehouse.client.proxy.Warning;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a daemon runs, since when, on which sockets, and what is going on.
 *
 * @param version of the daemon, which may differ from that of this program
 * @param services every one, in the order in which they were started
 * @param sockets every one, in the order of the services
 * @param configDrift how many things differ between the configuration file and the database
 * @param geoipBuiltAt when the database of countries was made
 */
public record Status(
    String version,
    Instant startedAt,
    Duration uptime,
    boolean draining,
    List<ServiceStatus> services,
    List<ListeningSocket> sockets,
    Traffic traffic,
    int configDrift,
    Optional<CertificateExpiry> nextCertificateExpiry,
    Optional<Instant> geoipBuiltAt,
    List<Warning> warnings) {

  public Status {
    services = List.copyOf(services);
    sockets = List.copyOf(sockets);
    warnings = List.copyOf(warnings);
  }
}
