package dev.gatehouse.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.e2e.Program.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an operator installs: the unit, its drop-in, the image and the dashboard. */
class DeployedFilesTest {

  @TempDir private Path temp;

  @ParameterizedTest
  @ValueSource(strings = {"exposure", "tracker"})
  void aDashboardIsJsonAndAsksForKnownSeriesOnly(String subject) throws IOException {
    Path dashboard = Project.file("deploy/grafana/gatehouse-" + subject + ".json");
    Ended ended =
        Program.run(
            Program.here(temp),
            List.of(
                Peer.require("jq", "jq"),
                "-r",
                ".panels[] | select(.type != \"row\") | .targets[].expr",
                dashboard.toString()));
    assertThat(ended.code()).as(ended.errors()).isZero();
    assertThat(MetricNames.in(ended.output())).hasSizeGreaterThan(10);
    assertThat(MetricNames.unknownIn(Files.readString(dashboard))).isEmpty();
  }

  @Test
  void theUnitLetsTheWatchSeeTheHost() throws IOException {
    assertThat(settings("deploy/gatehouse.service"))
        .contains(
            "ProtectProc=default",
            "ProcSubset=all",
            "PrivateUsers=no",
            "NoNewPrivileges=yes",
            "CapabilityBoundingSet=CAP_NET_BIND_SERVICE")
        .anyMatch(
            line -> line.startsWith("RestrictAddressFamilies=") && line.contains("AF_NETLINK"))
        .noneMatch(line -> line.startsWith("User=root"))
        .noneMatch(line -> line.startsWith("MemoryDenyWriteExecute=yes"));
  }

  @Test
  void theDropInGrantsTheTwoRightsThatOwnersNeed() throws IOException {
    assertThat(settings("deploy/gatehouse.service.d/owners.conf"))
        .containsExactly(
            "[Service]",
            "AmbientCapabilities=CAP_SYS_PTRACE CAP_DAC_READ_SEARCH",
            "CapabilityBoundingSet=CAP_SYS_PTRACE CAP_DAC_READ_SEARCH");
  }

  @Test
  void systemdUnderstandsTheUnit() throws IOException {
    String analyze = Peer.require("systemd-analyze", "systemd");
    // the program is not installed where the tests run
    String unit =
        Files.readString(Project.file("deploy/gatehouse.service"))
            .replace("/opt/gatehouse/gatehouse", "/bin/true");
    Path file = Files.writeString(temp.resolve("gatehouse.service"), unit);
    Path dropIns = Files.createDirectories(temp.resolve("gatehouse.service.d"));
    Files.copy(
        Project.file("deploy/gatehouse.service.d/owners.conf"), dropIns.resolve("owners.conf"));
    Ended ended =
        Program.run(Program.here(temp), List.of(analyze, "verify", "--man=no", file.toString()));
    assertThat(ended.code()).as(ended.errors()).isZero();
    assertThat(ended.errors()).doesNotContain("gatehouse.service:").doesNotContain("owners.conf:");
  }

  @Test
  void theImageRunsAsAnOrdinaryUserAndStartsTheJvmItself() throws IOException {
    List<String> lines = settings("deploy/Dockerfile");
    assertThat(lines)
        .contains("USER 65532:65532")
        .noneMatch(line -> line.startsWith("HEALTHCHECK"));
    assertThat(lines.indexOf("USER 65532:65532"))
        .isGreaterThan(lines.lastIndexOf("FROM ${RUNTIME}"));
    assertThat(lines).anyMatch(line -> line.startsWith("ENTRYPOINT [\"java\", "));
  }

  @Test
  void theShellScriptsPassTheirChecker() {
    String shellcheck = Peer.require("shellcheck", "shellcheck");
    Ended ended =
        Program.run(Program.here(Project.ROOT), List.of(shellcheck, "gatehouse", ".ci/run"));
    assertThat(ended.code()).as(ended.output()).isZero();
  }

  /** The lines that say something. */
  private static List<String> settings(String name) throws IOException {
    return Arrays.stream(Files.readString(Project.file(name)).split("\n", -1))
        .filter(line -> !line.isBlank() && !line.startsWith("#"))
        .toList();
  }
}
