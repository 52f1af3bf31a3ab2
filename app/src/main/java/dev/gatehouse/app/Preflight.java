package dev.gatehouse.app;

import dev.gatehouse.app.boot.BootCheck;
import dev.gatehouse.app.boot.BootPolicy;
import dev.gatehouse.app.boot.BootReport;
import dev.gatehouse.app.boot.Finding;
import dev.gatehouse.app.boot.PortSpec;
import dev.gatehouse.app.boot.ProcessChecks;
import dev.gatehouse.app.boot.ProcessFacts;
import dev.gatehouse.app.config.GatehouseConfig;
import dev.gatehouse.app.edge.PortFence;
import dev.gatehouse.app.relay.SingleInstance;
import dev.gatehouse.control.ops.OpsConfig;
import dev.gatehouse.kernel.address.Endpoint;
import dev.gatehouse.kernel.metric.EventCounters;
import dev.gatehouse.net.firewall.CountryDatabase;
import dev.gatehouse.net.firewall.FirewallConfig;
import dev.gatehouse.net.firewall.FirewallRules;
import dev.gatehouse.proxy.config.ProxyConfig;
import dev.gatehouse.proxy.ruleset.Ruleset;
import dev.gatehouse.relay.config.ListenSettings;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Everything that is checked before the first port is opened. */
final class Preflight {

  private Preflight() {}

  /** Of the process alone, before anything is touched. */
  static BootReport process(GatehouseConfig config, Map<String, String> environment) {
    return new BootReport(ProcessChecks.run(facts(environment), policy(config.ops())))
        .and(List.of(SingleInstance.check(config, environment)));
  }

  /**
   * Of what the process is about to do.
   *
   * @param ruleset that will be in force
   */
  static List<Finding> edge(GatehouseConfig config, Ruleset ruleset) {
    return List.of(
        fence(config).check(ruleset),
        published(config, ruleset),
        firewall(config.firewall(), ruleset.firewall()));
  }

  /** The ports that may be opened now and later. */
  static PortFence fence(GatehouseConfig config) {
    return new PortFence(
        PortFence.written(config.ops().expectedPorts()),
        PortFence.tcp(config.ops().listen().stream().map(Endpoint::port)),
        fixed(config));
  }

  private static Set<PortSpec> fixed(GatehouseConfig config) {
    Set<PortSpec> ports =
        new HashSet<>(PortFence.tcp(config.welcome().listen().stream().map(Endpoint::port)));
    if (config.relayOn()) {
      ListenSettings listen = config.relay().listen();
      ports.addAll(PortFence.tcp(Stream.of(listen.address().port())));
      ports.addAll(PortFence.tcp(listen.autocert().stream().map(told -> told.http().port())));
    }
    if (config.trackerOn()) {
      ports.addAll(
          PortFence.tcp(config.tracker().http().stream().map(port -> port.address().port())));
      ports.addAll(
          PortFence.udp(config.tracker().udp().stream().map(port -> port.address().port())));
    }
    return ports;
  }

  private static Finding published(GatehouseConfig config, Ruleset ruleset) {
    Optional<Endpoint> published =
        config
            .ops()
            .listen()
            .filter(guarded -> ProxyConfig.publishes(ruleset.listeners(), guarded));
    return published.isPresent()
        ? new Finding.Refusal(
            BootCheck.STORE,
            "a stored route leads to ops.listen (" + published.get() + ")",
            "move ops.listen, or remove the database to seed another from the file",
            Map.of())
        : new Finding.Passed(BootCheck.STORE);
  }

  /** A host that cannot tell where its clients come from must not serve if it minds. */
  private static Finding firewall(FirewallConfig config, FirewallRules rules) {
    Optional<String> problem =
        new CountryDatabase(config.geoip(), config.geoipPollInterval(), new EventCounters())
            .check(rules);
    return problem.isPresent()
        ? new Finding.Refusal(
            BootCheck.FIREWALL,
            problem.get(),
            "put a database of countries there, or empty firewall.blocked_countries",
            Map.of())
        : new Finding.Passed(BootCheck.FIREWALL);
  }

  private static BootPolicy policy(OpsConfig ops) {
    BootPolicy.CapabilityMode mode =
        switch (ops.capabilityCheck()) {
          case AUTO -> BootPolicy.CapabilityMode.AUTO;
          case REFUSE -> BootPolicy.CapabilityMode.REFUSE;
          case WARN -> BootPolicy.CapabilityMode.WARN;
        };
    return new BootPolicy(
        ops.production(),
        mode,
        ops.allowedCapabilities(),
        ops.control().map(Path::toString).orElse(""));
  }

  private static ProcessFacts facts(Map<String, String> environment) {
    boolean linux = System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("linux");
    return new ProcessFacts(
        linux, status(), ManagementFactory.getRuntimeMXBean().getInputArguments(), environment);
  }

  private static Optional<String> status() {
    try {
      return Optional.of(Files.readString(Path.of("/proc/self/status")));
    } catch (IOException _) {
      return Optional.empty();
    }
  }
}
