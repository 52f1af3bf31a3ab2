package dev.gatehouse.app.operation;

import dev.gatehouse.app.config.GatehouseConfig;
import dev.gatehouse.app.log.Logging;
import dev.gatehouse.kernel.limit.ConnectionLimit;
import dev.gatehouse.net.firewall.CountryDatabase;
import dev.gatehouse.net.firewall.RuleFirewall;
import dev.gatehouse.proxy.Proxy;
import dev.gatehouse.relay.Relay;
import dev.gatehouse.tracker.Tracker;
import java.time.Duration;
import java.util.Optional;

/** All that follows the configuration file without a restart. */
public final class LiveSettings {

  private final Optional<Proxy> proxy;
  private final Optional<Relay> relay;
  private final Optional<Tracker> tracker;
  private final RuleFirewall firewall;
  private final CountryDatabase countries;
  private final ConnectionLimit held;
  private volatile Duration shutdownTimeout;
  private volatile Duration drainDelay;

  /**
   * @param held by each client
   */
  public LiveSettings(
      GatehouseConfig config,
      Optional<Proxy> proxy,
      Optional<Relay> relay,
      Optional<Tracker> tracker,
      RuleFirewall firewall,
      CountryDatabase countries,
      ConnectionLimit held) {
    this.proxy = proxy;
    this.relay = relay;
    this.tracker = tracker;
    this.firewall = firewall;
    this.countries = countries;
    this.held = held;
    this.shutdownTimeout = config.ops().shutdownTimeout();
    this.drainDelay = config.ops().drainDelay();
  }

  /** How long connections may take to finish. */
  public Duration shutdownTimeout() {
    return shutdownTimeout;
  }

  /** How long everybody is still let in when the daemon is not ready any more. */
  public Duration drainDelay() {
    return drainDelay;
  }

  /** How long a stop may take until no connection is left. */
  public Duration longestDrain() {
    return drainDelay.plus(shutdownTimeout);
  }

  /** Overrules the configuration, for the one stop that an operator asks for. */
  void shutdownTimeout(Duration asked) {
    shutdownTimeout = asked;
  }

  /**
   * Follows another configuration; what may refuse it comes first, so that it is followed whole.
   *
   * @throws IllegalStateException with a message for the operator if it cannot be followed here
   */
  void follow(GatehouseConfig next) {
    if (next.proxyOn()) {
      proxy.ifPresent(running -> running.follow(next.proxy().settings()));
    }
    if (next.relayOn()) {
      relay.ifPresent(running -> running.follow(next.relay()));
    }
    if (next.trackerOn()) {
      tracker.ifPresent(running -> running.follow(next.tracker()));
    }
    firewall.rate(next.firewall().rate());
    held.change(next.firewall().maxConnectionsPerAddress());
    countries.follow(next.firewall().geoip(), next.firewall().geoipPollInterval());
    Logging.level(next.ops().log().level().label());
    shutdownTimeout = next.ops().shutdownTimeout();
    drainDelay = next.ops().drainDelay();
  }
}
