package dev.gatehouse.app;

import dev.gatehouse.app.boot.BootCheck;
import dev.gatehouse.app.boot.BootPolicy;
import dev.gatehouse.app.boot.BootReport;
import dev.gatehouse.app.boot.Finding;
import dev.gatehouse.app.boot.ListenerPorts;
import dev.gatehouse.app.boot.PortSpec;
import dev.gatehouse.app.boot.ProcessChecks;
import dev.gatehouse.app.boot.ProcessFacts;
import dev.gatehouse.control.ops.OpsConfig;
import dev.gatehouse.kernel.metric.EventCounters;
import dev.gatehouse.net.firewall.CountryDatabase;
import dev.gatehouse.net.firewall.FirewallConfig;
import dev.gatehouse.net.sockets.Protocol;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Everything that is checked before the first port is opened. */
final class Preflight {

  private Preflight() {}

  static BootReport of(GatehouseConfig config, Map<String, String> environment) {
    List<Finding> findings =
        new ArrayList<>(ProcessChecks.run(facts(environment), policy(config.ops())));
    findings.add(ports(config));
    findings.add(firewall(config.firewall()));
    return new BootReport(findings);
  }

  private static Finding ports(GatehouseConfig config) {
    OpsConfig ops = config.ops();
    Set<PortSpec> ofServices =
        config.servicePorts().stream()
            .map(port -> PortSpec.of(port, Protocol.TCP))
            .collect(Collectors.toSet());
    Set<PortSpec> ofOps =
        ops.listen().stream()
            .map(endpoint -> PortSpec.of(endpoint.port(), Protocol.TCP))
            .collect(Collectors.toSet());
    Set<PortSpec> written =
        ops.expectedPorts().stream()
            .flatMap(text -> PortSpec.parse(text).stream())
            .collect(Collectors.toSet());
    Set<PortSpec> opened = new HashSet<>(ofServices);
    opened.addAll(ofOps);
    return ListenerPorts.check(ListenerPorts.expected(written, ofServices, ofOps), opened);
  }

  /** A host that cannot tell where its clients come from must not serve if it minds. */
  private static Finding firewall(FirewallConfig config) {
    Optional<String> problem = config.geoip().flatMap(file -> unreadable(file, config));
    return problem.isPresent()
        ? new Finding.Refusal(
            BootCheck.FIREWALL,
            problem.get(),
            "put a database of countries there, or empty firewall.blocked_countries",
            Map.of())
        : new Finding.Passed(BootCheck.FIREWALL);
  }

  private static Optional<String> unreadable(Path file, FirewallConfig config) {
    return new CountryDatabase(file, config.geoipPollInterval(), new EventCounters())
        .check(config.rules());
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
