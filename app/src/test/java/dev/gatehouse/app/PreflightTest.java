package dev.gatehouse.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.app.boot.BootCheck;
import dev.gatehouse.app.boot.BootReport;
import dev.gatehouse.app.boot.Finding;
import dev.gatehouse.app.config.ConfigFile;
import dev.gatehouse.app.config.GatehouseConfig;
import dev.gatehouse.config.ConfigResult;
import dev.gatehouse.config.source.ConfigSource;
import dev.gatehouse.kernel.address.Endpoint;
import dev.gatehouse.kernel.address.IpAddress;
import dev.gatehouse.net.connect.Destination;
import dev.gatehouse.net.firewall.FirewallRule;
import dev.gatehouse.net.firewall.FirewallRules;
import dev.gatehouse.net.listen.ListenerSettings.Guard;
import dev.gatehouse.proxy.config.ListenerConfig;
import dev.gatehouse.proxy.route.Balance;
import dev.gatehouse.proxy.route.L7Settings;
import dev.gatehouse.proxy.route.Route;
import dev.gatehouse.proxy.route.RouteMode;
import dev.gatehouse.proxy.route.RouteName;
import dev.gatehouse.proxy.ruleset.Ruleset;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PreflightTest {

  @TempDir private Path folder;

  @Test
  void countriesWithoutTheirDatabaseRefuseTheStart() {
    Path missing = folder.resolve("missing.mmdb");
    BootReport report = report("blocked_countries = [\"NL\"]", missing);
    assertThat(report.exitCode()).isEqualTo(2);
    assertThat(firewall(report))
        .isEqualTo(
            new Finding.Refusal(
                BootCheck.FIREWALL,
                "firewall.geoip_db: " + missing + ": no such file; countries are blocked",
                "put a database of countries there, or empty firewall.blocked_countries",
                Map.of()));
  }

  @Test
  void aFileThatIsNoDatabaseIsAsGoodAsNone() throws IOException {
    Path text = Files.writeString(folder.resolve("text.mmdb"), "not a database");
    assertThat(firewall(report("blocked_countries = [\"NL\"]", text)))
        .isInstanceOfSatisfying(
            Finding.Refusal.class,
            refusal -> assertThat(refusal.err()).contains("not readable as a MaxMind database"));
  }

  @Test
  void whereNoCountryIsBlockedTheDatabaseMayCome() {
    BootReport report = report("blocked_ips = [\"192.0.2.1\"]", folder.resolve("missing.mmdb"));
    assertThat(firewall(report)).isEqualTo(new Finding.Passed(BootCheck.FIREWALL));
  }

  @Test
  void countriesInTheDatabaseNeedTheirDataAsWell() {
    Ruleset stored = Ruleset.EMPTY.with(FirewallRules.NONE.with(new FirewallRule.Country("NL")));
    List<Finding> findings = Preflight.edge(ConfigFile.builtIn(), stored);
    assertThat(findings)
        .anySatisfy(
            finding ->
                assertThat(finding)
                    .isInstanceOfSatisfying(
                        Finding.Refusal.class,
                        refusal ->
                            assertThat(refusal.err())
                                .isEqualTo("firewall.geoip_db: none; countries are blocked")));
  }

  @Test
  void aStoredRouteToTheOpsListenerRefusesTheStart() {
    GatehouseConfig config = ConfigFile.builtIn();
    Route route =
        new Route(
            RouteName.parse("www.example.org").orElseThrow(),
            RouteMode.L4,
            List.of(Destination.parse("127.0.0.1:9090").orElseThrow()),
            Balance.ROUND_ROBIN,
            Duration.ZERO,
            Optional.empty(),
            Optional.empty(),
            L7Settings.NONE);
    ListenerConfig open =
        new ListenerConfig(
            new Endpoint(IpAddress.ANY_IPV6, 443),
            new Guard(false, List.of(), 0),
            List.of(route),
            Optional.empty(),
            Optional.empty());
    Ruleset stored = new Ruleset(List.of(open), FirewallRules.NONE);
    assertThat(new BootReport(Preflight.edge(config, stored)).refusals())
        .extracting(Finding.Refusal::err)
        .containsExactly("a stored route leads to ops.listen (127.0.0.1:9090)");
  }

  private static Finding firewall(BootReport report) {
    List<Finding> found =
        report.findings().stream()
            .filter(finding -> finding.check() == BootCheck.FIREWALL)
            .toList();
    assertThat(found).hasSize(1);
    return found.getFirst();
  }

  private static BootReport report(String rule, Path database) {
    String toml = "[ops]\n[firewall]\ngeoip_db = \"%s\"\n%s\n".formatted(database, rule);
    return switch (ConfigFile.configuration().read(ConfigSource.text("gatehouse.toml", toml))) {
      case ConfigResult.Loaded<GatehouseConfig> loaded ->
          new BootReport(Preflight.edge(loaded.value(), loaded.value().ruleset()));
      case ConfigResult.Refused<GatehouseConfig> refused ->
          throw new AssertionError(refused.problems());
    };
  }
}
