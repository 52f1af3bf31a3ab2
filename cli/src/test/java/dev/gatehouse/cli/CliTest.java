package dev.gatehouse.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CliTest {

  private final Screen screen = Screen.pipe();

  @Test
  void printsItsVersion() {
    assertThat(screen.run("version")).isEqualTo(Cli.OK);
    assertThat(screen.out()).isEqualTo("gatehouse 1.2.3\n");
  }

  @Test
  void runsTheCommandsThatTheCallerAdds() {
    assertThat(screen.run("run")).isEqualTo(Cli.OK);
    assertThat(screen.out()).isEqualTo("runs\n");
  }

  @Test
  void completesCommandsAndOptions() {
    assertThat(screen.run("completion")).isEqualTo(Cli.OK);
    assertThat(screen.out())
        .startsWith("#!/usr/bin/env bash")
        .contains("_complete_gatehouse", "exposure", "--as-expected", "run")
        .contains("\"loopback\" \"private\" \"public\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "exposure",
        "status",
        "top",
        "listeners",
        "listeners list",
        "listeners limit",
        "routes",
        "routes list",
        "routes add",
        "routes remove",
        "policies",
        "policies list",
        "policies add",
        "policies remove",
        "certificates",
        "firewall",
        "firewall list",
        "firewall add",
        "firewall remove",
        "firewall explain",
        "config",
        "config diff",
        "config apply",
        "config export",
        "reload",
        "drain",
        "snapshot",
        "log-level",
        "version",
        "completion"
      })
  void everyCommandHasHelpWithExamples(String command) {
    assertThat(screen.run((command + " --help").split(" ", -1))).isEqualTo(Cli.OK);
    assertThat(screen.out())
        .startsWith("Usage: gatehouse " + command)
        .contains("-h, --help", "Examples:", "  gatehouse " + command);
    assertThat(screen.err()).isEmpty();
  }

  @Test
  void theWholeHasHelpToo() {
    assertThat(screen.run("--help")).isEqualTo(Cli.OK);
    assertThat(screen.out())
        .contains("One daemon for the edge of a host.", "exposure", "run", "Examples:")
        .contains("2   refused");
  }

  @Test
  void noCommandIsRefusedWithTheList() {
    assertThat(screen.run()).isEqualTo(Cli.REFUSED);
    assertThat(screen.err())
        .startsWith("gatehouse: no command was given (expected: one of those below)\n")
        .contains("exposure");
    assertThat(screen.out()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"listeners", "routes", "policies", "firewall", "config"})
  void aGroupWithoutACommandIsRefusedWithTheList(String group) {
    assertThat(screen.run(group)).isEqualTo(Cli.REFUSED);
    assertThat(screen.err())
        .startsWith(
            group
                + ": no command was given (expected: one of those below)\nUsage: gatehouse "
                + group
                + " [-h] COMMAND\n")
        .contains("Commands:");
    assertThat(screen.out()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "exposure --pubic|exposure: unknown option '--pubic'; did you mean --public?",
        "exposure --publik|exposure: unknown option '--publik'; did you mean --public?",
        "exposre|gatehouse: unknown argument or command 'exposre'; did you mean exposure?",
        "version x|version: unknown argument or command 'x'",
        "exposure --proto tpc|exposure: Invalid value for option '--proto': 'tpc' (expected: tcp,"
            + " udp)",
        "exposure --scope x|exposure: Invalid value for option '--scope': 'x' (expected: loopback,"
            + " private, public)",
        "exposure --output xml|exposure: Invalid value for option '--output': 'xml' (expected:"
            + " table, json)",
        "exposure --socket|exposure: Missing required parameter for option '--socket' (PATH)",
        "exposure --watch --local|exposure: --watch needs the daemon's scans (given: --local);"
            + " leave one out",
        "exposure --watch --check|exposure: --check ends, --watch does not; leave one out",
        "exposure --watch --as-expected|exposure: --as-expected ends, --watch does not; leave one"
            + " out",
        "routes ad|routes: unknown argument or command 'ad'; did you mean add?",
        "routes add|routes add: positional parameter at index 0..2 ([LISTENER] HOSTNAME BACKEND)"
            + " requires at least 2 values, but none were specified.",
        "routes add a|routes add: positional parameter at index 0..2 ([LISTENER] HOSTNAME BACKEND)"
            + " requires at least 2 values, but only 1 were specified: [a]",
        "routes add a b c d|routes add: unknown argument or command 'd'",
        "routes add a b c d e|routes add: unknown argument or command 'd'",
        "routes add a b --mode l5|routes add: Invalid value for option '--mode': 'l5' (expected:"
            + " l4, l7)",
        "routes add a b --mode unknown|routes add: Invalid value for option '--mode': 'unknown'"
            + " (expected: l4, l7)",
        "routes add a b --idle-timeout 5|routes add: Invalid value for option '--idle-timeout':"
            + " '5' (expected: a duration such as 250ms, 30s or 1h30m)",
        "routes add a b --max-body 1KB|routes add: Invalid value for option '--max-body': '1KB'"
            + " (expected: a size such as 240, 16KiB or 1MiB)",
        "routes add a b --policy x|routes add: Invalid value for option '--policy'"
            + " (TYPE=VALUE): 'x' (expected: TYPE=VALUE, such as block_user_agent=BadBot)",
        "policies add a b c|policies add: type: 'b' (expected: block_user_agent, require_header)",
        "listeners limit -5|listeners limit: limit: '-5' (expected: a number of connections, 0 for"
            + " none)",
        "listeners limit :443 many|listeners limit: limit: 'many' (expected: a number of"
            + " connections, 0 for none)",
        "firewall add net 10.0.0.0/8|firewall add: Invalid value for positional parameter at index"
            + " 0 (TYPE): 'net' (expected: ip, cidr, country)",
        "log-level trace|log-level: Invalid value for positional parameter at index 0 (LEVEL):"
            + " 'trace' (expected: debug, info, warn, error)",
        "config diff a.yaml|config diff: file: a.yaml (expected: TOML); only the daemon's own file"
            + " may be YAML",
        "config apply A.YML --dry-run|config apply: file: A.YML (expected: TOML); only the"
            + " daemon's own file may be YAML",
        "exposure --as-expected --json|exposure: --as-expected prints TOML (given: JSON); leave"
            + " one out",
      })
  void refusesAWrongUsageAndSaysWhatToDo(String line, String message) {
    assertThat(screen.run(line.split(" ", -1))).isEqualTo(Cli.REFUSED);
    assertThat(screen.err().lines().findFirst()).contains(message);
    assertThat(screen.err()).endsWith(" --help'.\n");
    assertThat(screen.out()).isEmpty();
  }

  @Test
  void quotesWhatWasGivenWithoutObeyingIt() {
    assertThat(screen.run("version", "\u001b[2J")).isEqualTo(Cli.REFUSED);
    assertThat(screen.err()).contains("'\\u001b[2J'").doesNotContain("\u001b");
    assertThat(screen.run("exposure", "--proto", "\u001b[2J")).isEqualTo(Cli.REFUSED);
    assertThat(screen.err()).contains("(expected: tcp, udp)").doesNotContain("\u001b");
  }

  @Test
  void aBugIsARunTimeFailureThatAsksToBeReported() {
    int code =
        screen.run(
            _ -> {
              throw new IllegalStateException("oops");
            },
            "exposure",
            "--local");
    assertThat(code).isEqualTo(Cli.FAILED);
    assertThat(screen.err())
        .startsWith("exposure: this is a bug in Gatehouse: java.lang.IllegalStateException: oops");
  }

  @Test
  void coloursOnlyATerminalThatWantsThem() {
    assertThat(Screen.pipe().terminal().colours()).isFalse();
    assertThat(Screen.terminal(80).terminal().colours()).isTrue();
    assertThat(Screen.withEnvironment(Map.of("NO_COLOR", "1")).terminal().colours()).isFalse();
    assertThat(Screen.withEnvironment(Map.of("TERM", "dumb")).terminal().colours()).isFalse();
  }
}
