package dev.gatehouse.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.app.boot.BootCheck;
import dev.gatehouse.app.boot.BootReport;
import dev.gatehouse.app.boot.Finding;
import dev.gatehouse.config.ConfigResult;
import dev.gatehouse.config.source.ConfigSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
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
      case ConfigResult.Loaded<GatehouseConfig> loaded -> Preflight.of(loaded.value(), Map.of());
      case ConfigResult.Refused<GatehouseConfig> refused ->
          throw new AssertionError(refused.problems());
    };
  }
}
