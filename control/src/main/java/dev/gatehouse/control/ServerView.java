package dev.gatehouse.control;

import dev.gatehouse.config.tree.ConfigProblem;
import dev.gatehouse.kernel.lifecycle.ServiceState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What the ops plane and the control plane may know of the running daemon as a whole. */
public interface ServerView {

  /**
   * One service of the daemon.
   *
   * @param name as in the configuration: {@code watch}, {@code ops}, {@code relay} …
   * @param waitingFor what keeps it from being ready, in words; empty when it is
   */
  record Service(String name, ServiceState state, List<String> waitingFor) {}

  /**
   * One socket on which the daemon listens.
   *
   * @param protocol {@code tcp}, {@code udp} or {@code unix}
   * @param address as bound: {@code 127.0.0.1:9090}, {@code [::]:443}, or a path
   */
  record Listening(String service, String protocol, String address) {}

  /**
   * How the daemon is, beyond its services.
   *
   * @param started when it began to start
   * @param drift how many things differ between the configuration file and the database
   * @param draining whether it takes no new connections, since it stops
   * @param countriesBuilt when the data of countries in use was built
   * @param nextExpiry of all certificates the one that expires first
   * @param warnings what is allowed by the configuration but probably not meant
   */
  record Condition(
      Instant started,
      int drift,
      boolean draining,
      Optional<Instant> countriesBuilt,
      Optional<Expiry> nextExpiry,
      List<ConfigProblem> warnings) {
    public Condition {
      warnings = List.copyOf(warnings);
    }
  }

  /** The end of a certificate that a route shows. */
  record Expiry(String route, Instant notAfter) {}

  String version();

  Duration uptime();

  List<Service> services();

  List<Listening> listeners();

  Condition condition();
}
