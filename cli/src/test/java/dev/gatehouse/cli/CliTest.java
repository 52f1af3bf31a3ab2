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
  @ValueSource(strings = {"exposure", "status", "version", "completion"})
  void everyCommandHasHelpWithExamples(String command) {
    assertThat(screen.run(command, "--help")).isEqualTo(Cli.OK);
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
