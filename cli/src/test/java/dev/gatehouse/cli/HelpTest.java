package dev.gatehouse.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HelpTest {

  private final Screen screen = Screen.pipe();

  @Test
  void ofTheWhole() {
    screen.run("--help");
    assertThat(screen.out())
        .isEqualTo(
            """
            Usage: gatehouse [-h] COMMAND
            One daemon for the edge of a host.
              -h, --help   Print this help.
            Commands:
              run         Run the daemon.
              exposure    Show what listens on this host, from how far it is reached, and who holds it.
              status      Show what the daemon runs, since when, and on which sockets it listens.
              version     Print the version of this program.
              completion  Print a script that completes commands and options in bash and zsh.

            Exit codes:
              0   done
              1   failed at run time
              2   refused: the usage or the configuration is wrong

            Examples:
              gatehouse exposure --public     what the internet can reach on this host
              gatehouse status                what the daemon runs, and where it listens
              gatehouse exposure --help       all options of a command
            """);
  }

  @Test
  void ofExposure() {
    screen.run("exposure", "--help");
    assertThat(screen.out())
        .isEqualTo(
            """
            Usage: gatehouse exposure [-h] [--all-namespaces] [--as-expected] [--check] [--drift] [--json]
                                      [--local] [--no-trunc] [--public] [--watch] [--output=FORMAT]
                                      [--proto=PROTO] [--scope=SCOPE] [--socket=PATH]
            Show what listens on this host, from how far it is reached, and who holds it.
                  --all-namespaces   Also other network namespaces, where the daemon scans them.
                  --as-expected      Print [[watch.expected]] entries for what is found beyond loopback.
                  --check            Scan now; exit with 1 if anything differs from watch.expected.
                  --drift            Only what differs from watch.expected, and what is missing.
              -h, --help             Print this help.
                  --json             Short for --output json.
                  --local            Scan in this process; needs no daemon.
                  --no-trunc         Shorten nothing, however narrow the terminal.
                  --output=FORMAT    table, json; default: table.
                  --proto=PROTO      Only this protocol: tcp, udp.
                  --public           Only what can be reached from anywhere.
                  --scope=SCOPE      This scope and wider: loopback, private, public.
                  --socket=PATH      The control socket of the daemon.
                                     Default: $GATEHOUSE_OPS_CONTROL, else gatehouse-data/control.sock, else
                                       /run/gatehouse/control.sock if only that exists.
                  --watch            Go on, and show each change as it happens.

            Exit codes:
              0   done; with --check: no drift
              1   no daemon, or it failed; with --check: drift, or a scan that failed or is stale
              2   the usage is wrong

            Examples:
              gatehouse exposure --public              what the internet can reach
              gatehouse exposure --local               without a daemon, with your own rights
              gatehouse exposure --check --drift       for cron and pipelines
              gatehouse exposure --as-expected         entries for watch.expected, to be reviewed
              gatehouse exposure --watch --json        one event per line, as it happens
            """);
  }

  @Test
  void ofStatus() {
    screen.run("status", "--help");
    assertThat(screen.out())
        .isEqualTo(
            """
            Usage: gatehouse status [-h] [--json] [--output=FORMAT] [--socket=PATH]
            Show what the daemon runs, since when, and on which sockets it listens.
              -h, --help            Print this help.
                  --json            Short for --output json.
                  --output=FORMAT   table, json; default: table.
                  --socket=PATH     The control socket of the daemon.
                                    Default: $GATEHOUSE_OPS_CONTROL, else gatehouse-data/control.sock, else
                                      /run/gatehouse/control.sock if only that exists.

            Examples:
              gatehouse status
              gatehouse status --json | jq '.services[] | select(.state != "serving")'
            """);
  }

  @Test
  void ofVersion() {
    screen.run("version", "--help");
    assertThat(screen.out())
        .isEqualTo(
            """
            Usage: gatehouse version [-h]
            Print the version of this program.
              -h, --help   Print this help.

            Examples:
              gatehouse version
              gatehouse status   for the daemon's own
            """);
  }

  @Test
  void ofCompletion() {
    screen.run("completion", "--help");
    assertThat(screen.out())
        .isEqualTo(
            """
            Usage: gatehouse completion [-h]
            Print a script that completes commands and options in bash and zsh.
              -h, --help   Print this help.

            Examples:
              source <(gatehouse completion)
              gatehouse completion > /etc/bash_completion.d/gatehouse
            """);
  }
}
