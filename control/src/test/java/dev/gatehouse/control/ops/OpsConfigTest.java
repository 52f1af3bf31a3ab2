package dev.gatehouse.control.ops;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.config.ConfigResult;
import dev.gatehouse.config.Configuration;
import dev.gatehouse.config.source.ConfigSource;
import dev.gatehouse.config.tree.ConfigProblem;
import dev.gatehouse.control.ControlMode;
import dev.gatehouse.control.ops.OpsConfig.CapabilityPolicy;
import dev.gatehouse.kernel.address.Endpoint;
import dev.gatehouse.kernel.address.IpAddress;
import dev.gatehouse.kernel.metric.Metric;
import dev.gatehouse.kernel.metric.MetricType;
import dev.gatehouse.net.loop.Transport;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OpsConfigTest {

  private static final String[] EVERY_KEY = {
    "listen = \"[::1]:9100\"",
    "allowed_hosts = [\"ops.example.org\"]",
    "control = \"/run/gatehouse.sock\"",
    "control_mode = \"0660\"",
    "control_group = \"operators\"",
    "state = \"/var/lib/gatehouse\"",
    "expected_ports = [443, \"80/tcp\", \"6969/udp\"]",
    "exposure_recheck = \"0s\"",
    "production = true",
    "capability_check = \"refuse\"",
    "allowed_capabilities = [\"SYS_PTRACE\", \"DAC_READ_SEARCH\"]",
    "shutdown_timeout = \"5s\"",
    "drain_delay = \"3s\"",
    "transport = \"io_uring\"",
    "request_timing = false",
    "jvm_metrics = false",
    "[ops.log]",
    "level = \"debug\"",
    "format = \"json\""
  };

  @Test
  void theDefaultsAreThoseOfTheReference() {
    assertThat(RunningOps.config())
        .isEqualTo(
            new OpsConfig(
                Optional.of(endpoint("127.0.0.1", 9090)),
                List.of(),
                Optional.of(Path.of("gatehouse-data/control.sock")),
                ControlMode.OWNER,
                "",
                Path.of("gatehouse-data"),
                List.of(),
                Duration.ofSeconds(60),
                false,
                CapabilityPolicy.AUTO,
                List.of(),
                Duration.ofSeconds(30),
                Duration.ZERO,
                Transport.AUTO,
                true,
                true,
                new LogConfig(LogConfig.Level.INFO, LogConfig.Format.TEXT)));
  }

  @Test
  void timesOfRequestsAreKeptUnlessTheyAreSwitchedOff() {
    assertThat(RunningOps.config().silentHistograms()).isEmpty();
    assertThat(RunningOps.config("request_timing = false").silentHistograms())
        .contains(Metric.RELAY_FORWARD_DURATION_SECONDS)
        .allMatch(metric -> metric.type() == MetricType.HISTOGRAM);
  }

  @Test
  void everyKeyCanBeSet() {
    assertThat(RunningOps.config(EVERY_KEY))
        .isEqualTo(
            new OpsConfig(
                Optional.of(endpoint("::1", 9100)),
                List.of("ops.example.org"),
                Optional.of(Path.of("/run/gatehouse.sock")),
                ControlMode.GROUP,
                "operators",
                Path.of("/var/lib/gatehouse"),
                List.of("443", "80/tcp", "6969/udp"),
                Duration.ZERO,
                true,
                CapabilityPolicy.REFUSE,
                List.of("SYS_PTRACE", "DAC_READ_SEARCH"),
                Duration.ofSeconds(5),
                Duration.ofSeconds(3),
                Transport.IO_URING,
                false,
                false,
                new LogConfig(LogConfig.Level.DEBUG, LogConfig.Format.JSON)));
  }

  @Test
  void emptyTextSwitchesListenerAndSocketOff() {
    OpsConfig config = RunningOps.config("listen = \"\"", "control = \"\"");
    assertThat(config.listen()).isEmpty();
    assertThat(config.control()).isEmpty();
  }

  @Test
  void theSocketLiesInTheStateDirectory() {
    assertThat(RunningOps.config("state = \"/srv/g\"").control())
        .hasValue(Path.of("/srv/g/control.sock"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "listen = \"0.0.0.0:9090\" | gatehouse.toml:2: ops.listen = \"0.0.0.0:9090\": not a"
            + " loopback address; use 127.0.0.1:9090 or [::1]:9090, or \"\" to switch the listener"
            + " off; reach it from elsewhere through an SSH tunnel or a sidecar",
        "listen = \"localhost:9090\" | gatehouse.toml:2: ops.listen = \"localhost:9090\": host"
            + " names are refused, an IP literal is required; use 127.0.0.1:9090; reach it from"
            + " elsewhere through an SSH tunnel or a sidecar",
        "listen = \"127.0.0.1\" | gatehouse.toml:2: ops.listen = \"127.0.0.1\": expected IP:PORT"
            + " with a port from 1 to 65535, such as 127.0.0.1:9090; reach it from elsewhere"
            + " through an SSH tunnel or a sidecar",
        "control_mode = \"0666\" | gatehouse.toml:2: ops.control_mode = \"0666\": expected"
            + " \"0600\", for the daemon's user alone, or \"0660\", for its group too",
        "control_group = \"a b\" | gatehouse.toml:2: ops.control_group = \"a b\": expected the name"
            + " of a group of this host",
        "expected_ports = [0] | gatehouse.toml:2: ops.expected_ports[0] = 0: expected 443,"
            + " \"443/tcp\" or \"6969/udp\", with a port from 1 to 65535",
        "expected_ports = [\"65536/udp\"] | gatehouse.toml:2: ops.expected_ports[0] ="
            + " \"65536/udp\": expected 443, \"443/tcp\" or \"6969/udp\", with a port from 1 to"
            + " 65535",
        "allowed_hosts = [\"a:80\"] | gatehouse.toml:2: ops.allowed_hosts[0] = \"a:80\": expected a"
            + " host name without port, such as \"metrics.example.org\"",
        "allowed_capabilities = [\"cap_x\"] | gatehouse.toml:2: ops.allowed_capabilities[0] ="
            + " \"cap_x\": expected a name such as \"NET_BIND_SERVICE\"",
      })
  void aWrongValueIsNamedWithItsPlaceAndTheWayOut(String line, String problem) {
    assertThat(problems(line)).isEqualTo(problem);
  }

  @Test
  void aGroupWithoutItsModeIsWarnedOf() {
    assertThat(warnings("control_group = \"operators\""))
        .containsExactly(
            "gatehouse.toml:2: ops.control_group = \"operators\": has no effect without"
                + " control_mode = \"0660\"");
    assertThat(warnings("control_group = \"operators\"\ncontrol_mode = \"0660\"")).isEmpty();
  }

  private static List<String> warnings(String lines) {
    var result =
        Configuration.of(root -> OpsConfig.read(root.section("ops", "the daemon")))
            .read(ConfigSource.text("gatehouse.toml", "[ops]\n" + lines));
    return switch (result) {
      case ConfigResult.Loaded<OpsConfig> loaded ->
          loaded.warnings().stream().map(ConfigProblem::toString).toList();
      case ConfigResult.Refused<OpsConfig> refused ->
          throw new AssertionError(refused.problems().toString());
    };
  }

  private static String problems(String line) {
    var result =
        Configuration.of(root -> OpsConfig.read(root.section("ops", "the daemon")))
            .read(ConfigSource.text("gatehouse.toml", "[ops]\n" + line));
    return switch (result) {
      case ConfigResult.Loaded<OpsConfig> _ -> "none";
      case ConfigResult.Refused<OpsConfig> refused ->
          refused.problems().stream().map(ConfigProblem::toString).collect(Collectors.joining());
    };
  }

  private static Endpoint endpoint(String address, int port) {
    return new Endpoint(IpAddress.parse(address).orElseThrow(), port);
  }
}
