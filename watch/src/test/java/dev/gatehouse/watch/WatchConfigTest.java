package dev.gatehouse.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.config.ConfigResult;
import dev.gatehouse.config.ConfigResult.Loaded;
import dev.gatehouse.config.ConfigResult.Refused;
import dev.gatehouse.config.Configuration;
import dev.gatehouse.config.source.ConfigSource;
import dev.gatehouse.kernel.address.AddressScope;
import dev.gatehouse.net.sockets.Protocol;
import dev.gatehouse.watch.drift.ExpectedListener;
import dev.gatehouse.watch.listening.PortRange;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WatchConfigTest {

  private static final WatchConfig DEFAULTS =
      new WatchConfig(
          256,
          true,
          0.02,
          true,
          true,
          Duration.ZERO,
          true,
          Duration.ofSeconds(15),
          Duration.ofSeconds(10),
          Duration.ofSeconds(1),
          Duration.ofSeconds(5),
          SocketSourceChoice.AUTO,
          true,
          NamespaceChoice.OWN,
          Duration.ofSeconds(60),
          64,
          false,
          List.of(),
          LogScope.PRIVATE);

  private static ConfigResult<WatchConfig> read(String toml) {
    return Configuration.of(root -> WatchConfig.read(root.section("watch", "The watch.")))
        .read(ConfigSource.text("gatehouse.toml", toml));
  }

  private static WatchConfig loaded(String toml) {
    assertThat(read(toml)).isInstanceOf(Loaded.class);
    return ((Loaded<WatchConfig>) read(toml)).value();
  }

  private static List<String> refused(String toml) {
    assertThat(read(toml)).isInstanceOf(Refused.class);
    return ((Refused<WatchConfig>) read(toml)).problems().stream().map(Object::toString).toList();
  }

  @Test
  void theDefaults() {
    assertThat(loaded("[watch]\n")).isEqualTo(DEFAULTS);
  }

  private static final String EVERY_KEY =
      """
      [watch]
      max_listening_series = 1
      owners = false
      owner_walk_budget = 0.5
      units = false
      udp = false
      udp_ephemeral_settle = "60s"
      connections = false
      connections_interval = "30s"
      scan_interval = "0s"
      snapshot_max_age = "2s"
      scan_timeout = "1s"
      socket_source = "proc"
      info = false
      namespaces = "all"
      namespaces_interval = "10s"
      max_namespaces = 1
      judge_loopback = true
      log_listeners = "off"
      expected = [
        { port = 22, process = "sshd", required = true },
        { proto = "any", port = "8000-8010", scope = "private", unit = "a?*.service", uid = 0 },
        { proto = "udp", port = 51820, scope = "loopback", note = "WireGuard" },
      ]
      """;

  private static final WatchConfig EVERY_VALUE =
      new WatchConfig(
          1,
          false,
          0.5,
          false,
          false,
          Duration.ofSeconds(60),
          false,
          Duration.ofSeconds(30),
          Duration.ZERO,
          Duration.ofSeconds(2),
          Duration.ofSeconds(1),
          SocketSourceChoice.PROC,
          false,
          NamespaceChoice.ALL,
          Duration.ofSeconds(10),
          1,
          true,
          List.of(
              new ExpectedListener(
                  Optional.of(Protocol.TCP),
                  new PortRange(22, 22),
                  AddressScope.PUBLIC,
                  "sshd",
                  "",
                  -1,
                  true,
                  ""),
              new ExpectedListener(
                  Optional.empty(),
                  new PortRange(8000, 8010),
                  AddressScope.PRIVATE,
                  "",
                  "a?*.service",
                  0,
                  false,
                  ""),
              new ExpectedListener(
                  Optional.of(Protocol.UDP),
                  new PortRange(51_820, 51_820),
                  AddressScope.LOOPBACK,
                  "",
                  "",
                  -1,
                  false,
                  "WireGuard")),
          LogScope.OFF);

  @Test
  void everyKeySetToSomethingElse() {
    assertThat(loaded(EVERY_KEY)).isEqualTo(EVERY_VALUE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "max_listening_series = 0 | watch.max_listening_series = 0: expected 1–65536",
        "max_listening_series = 65537 | watch.max_listening_series = 65537: expected 1–65536",
        "socket_source = \"netlnk\" | expected auto, netlink or proc; did you mean \"netlink\"?",
        "scan_interval = \"500ms\" | watch.scan_interval",
        "scan_interval = \"11m\" | watch.scan_interval",
        "scan_timeout = \"0s\" | watch.scan_timeout",
        "owner_walk_budget = 2 | watch.owner_walk_budget",
        "max_namespaces = 1025 | watch.max_namespaces",
        "udp_ephemeral_settle = \"11m\" | watch.udp_ephemeral_settle",
        "log_listeners = \"all\" | expected loopback, private, public or off",
        "ownrs = false | did you mean",
      })
  void aWrongValueSaysWhatWasExpected(String line, String message) {
    assertThat(refused("[watch]\n" + line + "\n"))
        .singleElement()
        .satisfies(problem -> assertThat(problem).contains("gatehouse.toml:2:", message));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "port = \"80-\"",
        "port = 0",
        "port = 65536",
        "port = \"90-80\"",
        "port = \"a\"",
        "port = \"-1\"",
        "port = \"1-65536\"",
        "port = \"080000\""
      })
  void aWrongPortSaysHowPortsAreWritten(String port) {
    assertThat(refused("[watch]\nexpected = [{ " + port + " }]\n"))
        .singleElement()
        .satisfies(
            problem ->
                assertThat(problem)
                    .contains(
                        "watch.expected[0].port",
                        "expected a port 1–65535 or a range like \"8000-8010\""));
  }

  @Test
  void allMistakesAreToldAtOnce() {
    String toml =
        """
        [watch]
        max_namespaces = 0
        expected = [{ port = 1, proto = "sctp" }, { scope = "none", port = 2 }, {}]
        """;
    assertThat(refused(toml)).hasSize(4);
  }

  @Test
  void twoEqualEntriesAreAMistakeThatNamesBothLines() {
    String toml =
        """
        [[watch.expected]]
        port = 22

        [[watch.expected]]
        port = 22
        """;
    assertThat(refused(toml))
        .singleElement()
        .satisfies(problem -> assertThat(problem).contains("gatehouse.toml:5", "line 1"));
  }

  @ParameterizedTest
  @CsvSource({
    "LOOPBACK, LOOPBACK, true",
    "PRIVATE, LOOPBACK, false",
    "PRIVATE, PRIVATE, true",
    "PRIVATE, PUBLIC, true",
    "PUBLIC, PRIVATE, false",
    "PUBLIC, PUBLIC, true",
    "OFF, PUBLIC, false",
  })
  void theScopeOfTheLogIsItsNarrowest(LogScope log, AddressScope scope, boolean told) {
    assertThat(log.tells(scope)).isEqualTo(told);
  }
}
