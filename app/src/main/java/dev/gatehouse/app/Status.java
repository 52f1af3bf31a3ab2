package dev.gatehouse.app;

import dev.gatehouse.config.tree.ConfigProblem;
import dev.gatehouse.control.ServerView;
import dev.gatehouse.kernel.lifecycle.ServiceState;
import dev.gatehouse.kernel.time.Ticker;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** What the daemon says of itself. */
final class Status implements ServerView {

  private final Ticker ticker;
  private final long startedNanos;
  private final Instant started;
  private final Supplier<List<Listening>> sockets;
  private final Supplier<Integer> drift;
  private final Supplier<Optional<Expiry>> nextExpiry;
  private final Supplier<Optional<Instant>> countriesBuilt;
  private volatile List<ConfigProblem> warnings = List.of();
  private final Map<String, ServiceState> services = new LinkedHashMap<>();
  private final Map<String, Supplier<List<String>>> lacking = new HashMap<>();

  /**
   * @param sockets on which the daemon listens at the moment
   * @param drift between the configuration file and the database
   * @param countriesBuilt when the data of countries in use was built
   * @param nextExpiry of all certificates the one that ends first
   */
  Status(
      Ticker ticker,
      Supplier<List<Listening>> sockets,
      Supplier<Integer> drift,
      Supplier<Optional<Instant>> countriesBuilt,
      Supplier<Optional<Expiry>> nextExpiry) {
    this.ticker = ticker;
    this.startedNanos = ticker.nanos();
    this.started = ticker.now();
    this.sockets = sockets;
    this.drift = drift;
    this.countriesBuilt = countriesBuilt;
    this.nextExpiry = nextExpiry;
  }

  /** Names a service, in the order in which they are to be shown. */
  synchronized void has(String service, boolean on) {
    services.put(service, on ? ServiceState.STARTING : ServiceState.OFF);
  }

  /** As the other, for one that may serve and yet lack something, in words. */
  synchronized void has(String service, boolean on, Supplier<List<String>> lacks) {
    has(service, on);
    lacking.put(service, lacks);
  }

  /** Every service that is not off has come so far. */
  synchronized void becomes(ServiceState state) {
    services.replaceAll((name, now) -> now == ServiceState.OFF ? now : state);
  }

  /** One service has come so far. */
  synchronized void becomes(String service, ServiceState state) {
    services.replace(service, state);
  }

  /** The configuration that counts is allowed, but probably not meant so. */
  void warns(List<ConfigProblem> found) {
    warnings = List.copyOf(found);
  }

  @Override
  public synchronized Condition condition() {
    return new Condition(
        started,
        drift.get(),
        services.containsValue(ServiceState.DRAINING),
        countriesBuilt.get(),
        nextExpiry.get(),
        warnings);
  }

  @Override
  public String version() {
    return Version.current();
  }

  @Override
  public Duration uptime() {
    return Duration.ofNanos(ticker.nanos() - startedNanos);
  }

  @Override
  public synchronized List<Service> services() {
    List<Service> all = new ArrayList<>();
    services.forEach((name, state) -> all.add(new Service(name, state, waitingFor(name, state))));
    return all;
  }

  @Override
  public List<Listening> listeners() {
    return sockets.get();
  }

  private List<String> waitingFor(String service, ServiceState state) {
    return switch (state) {
      case STARTING -> List.of("start");
      case DRAINING -> List.of("draining");
      case FAILED -> List.of("failed");
      case OFF -> List.of();
      case SERVING -> lacking.getOrDefault(service, List::of).get();
    };
  }
}
