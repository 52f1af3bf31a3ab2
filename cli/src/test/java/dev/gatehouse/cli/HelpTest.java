package dev.gatehouse.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HelpTest {

  private static final String ADDING_A_ROUTE =
      """
      Usage: gatehouse routes add [-h] [--backend-no-verify] [--backend-tls] [--clear-policies]
                                  [--dry-run] [--json] [--send-proxy] [--backend-ca=FILE]
                                  [--backend-name=NAME] [--backend-protocol=PROTOCOL] [--balance=BALANCE]
                                  [--cert=FILE] [--header-timeout=DURATION] [--health-interval=DURATION]
                                  [--idle-timeout=DURATION] [--key=FILE] [--max-body=SIZE] [--mode=MODE]
                                  [--output=FORMAT] [--socket=PATH] [--tls-min=VERSION] [--backend=HOST:
                                  PORT]... [--policy=TYPE=VALUE]... [--proxy-tlv=TLV]... [LISTENER]
                                  HOSTNAME BACKEND
      Add a route, or make the one of that hostname equal to it.
            [LISTENER] HOSTNAME BACKEND
                                  The listener, if there are several;
                                  a name, or a wildcard such as *.example.org;
                                  and HOST:PORT, IPv6 in brackets.
            --backend=HOST:PORT   One more backend; may be repeated.
            --backend-ca=FILE     Authorities to trust instead of those of the system.
            --backend-name=NAME   What the certificate of the backend must be for; default: its host.
            --backend-no-verify   Take any certificate of the backend: whoever answers there may read
                                    along.
            --backend-protocol=PROTOCOL
                                  For l7: auto, h1, h2c, h2; default: auto.
            --backend-tls         Encrypt towards the backend, for l7.
            --balance=BALANCE     Of several backends: round_robin, least_connections; default:
                                    round_robin.
            --cert=FILE           The certificate chain, for l7.
            --clear-policies      Without --policy, drop the policies that the route has.
            --dry-run             Say what would happen, change nothing.
        -h, --help                Print this help.
            --header-timeout=DURATION
                                  How long the backend may take to answer. Default: as for the whole
                                    proxy.
            --health-interval=DURATION
                                  Between TCP checks of each backend; default: no checks.
            --idle-timeout=DURATION
                                  Such as 5m; 0 is never. Default: as for the whole proxy.
            --json                Short for --output json.
            --key=FILE            The private key, for l7.
            --max-body=SIZE       Of a request, such as 1MiB; 0 is without limit. Default: as for the
                                    proxy.
            --mode=MODE           l4, l7; default: l4, which passes TLS through.
            --output=FORMAT       table, json; default: table.
            --policy=TYPE=VALUE   What requests are asked, in place of what the route asks now; may be
                                    repeated.
                                  TYPE is block_user_agent or require_header.
            --proxy-tlv=TLV       Tell this too: authority, alpn, unique_id, ssl, crc32c; may be repeated.
                                  Implies --send-proxy.
            --send-proxy          Tell the backend who the client is: PROXY v2.
            --socket=PATH         The control socket of the daemon.
                                  Default: $GATEHOUSE_SOCKET, else $GATEHOUSE_OPS_CONTROL, else
                                    gatehouse-data/control.sock, else /run/gatehouse/control.sock if only
                                    that exists.
            --tls-min=VERSION     1.2 or 1.3; default: as for the whole proxy.

      Examples:
        gatehouse routes add git.example.org 10.0.0.5:443
        gatehouse routes add :443 git.example.org 10.0.0.5:443 --backend 10.0.0.6:443
        gatehouse routes add www.example.org 127.0.0.1:8080 --mode l7 --cert www.pem --key www.key
      """;

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
              run           Run the daemon.
              exposure      Show what listens on this host, from how far it is reached, and who holds it.
              status        Show what the daemon runs, since when, and on which sockets it listens.
              top           Show what goes through the daemon, again and again; Ctrl-C ends it.
              listeners     Show the listeners of the front door, and limit their connections.
              routes        Show and change where names lead.
              policies      Show and change what an L7 route asks of requests.
              certificates  Show the certificates of L7 routes, and what is wrong with them.
              firewall      Show and change whom the public listeners of all services let in.
              relay         Run the relay alone; or show and close the connections of one that runs.
              tracker       Show what the tracker knows, and decide about single torrents.
              config        Compare the configuration file with the database, and make one the other.
              reload        Have the configuration file read again; a bad one changes nothing.
              drain         Take no new connections, let open ones end, and reset what is left.
              snapshot      Have a consistent copy of the database written, while it is in use.
              log-level     Have the daemon log more or less, until its next start or reload.
              version       Print the version of this program.
              completion    Print a script that completes commands and options in bash and zsh.

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
                                     Default: $GATEHOUSE_SOCKET, else $GATEHOUSE_OPS_CONTROL, else
                                       gatehouse-data/control.sock, else /run/gatehouse/control.sock if only
                                       that exists.
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
                                    Default: $GATEHOUSE_SOCKET, else $GATEHOUSE_OPS_CONTROL, else
                                      gatehouse-data/control.sock, else /run/gatehouse/control.sock if only
                                      that exists.

            Examples:
              gatehouse status
              gatehouse status --json | jq '.services[] | select(.state != "serving")'
            """);
  }

  @Test
  void ofAGroup() {
    screen.run("routes", "--help");
    assertThat(screen.out())
        .isEqualTo(
            """
            Usage: gatehouse routes [-h] COMMAND
            Show and change where names lead.
              -h, --help   Print this help.
            Commands:
              list    Show where names lead.
              add     Add a route, or make the one of that hostname equal to it.
              remove  Remove a route with its policies; its open connections go on.

            Examples:
              gatehouse routes list
              gatehouse routes add git.example.org 10.0.0.5:443
              gatehouse routes remove git.example.org
            """);
  }

  @Test
  void ofAddingARoute() {
    screen.run("routes", "add", "--help");
    assertThat(screen.out()).isEqualTo(ADDING_A_ROUTE);
  }

  @Test
  void ofTop() {
    screen.run("top", "--help");
    assertThat(screen.out())
        .startsWith(
            """
            Usage: gatehouse top [-h] [--json] [--count=N] [--interval=DURATION] [--output=FORMAT] [--routes=N]
                                 [--socket=PATH]
            Show what goes through the daemon, again and again; Ctrl-C ends it.
                  --count=N             End after so many; default: go on.
              -h, --help                Print this help.
                  --interval=DURATION   From 200ms to 60s; default: 1s.
                  --json                Short for --output json.
                  --output=FORMAT       table, json; default: table.
                  --routes=N            Show so many routes, the busiest first; default: 20.
            """);
  }

  @Test
  void ofDrain() {
    screen.run("drain", "--help");
    assertThat(screen.out())
        .startsWith(
            """
            Usage: gatehouse drain [-h] [--json] [--for=DURATION] [--output=FORMAT] [--socket=PATH] [SERVICE]
            Take no new connections, let open ones end, and reset what is left.
                  [SERVICE]         Only this service; the daemon goes on.
                  --for=DURATION    When to reset what is left; default: ops.shutdown_timeout.
            """)
        .endsWith(
            """
            Exit codes:
              0   done, with or without resets
              1   no daemon, or it left before it was done
              2   the usage is wrong

            Examples:
              gatehouse drain                everything; the daemon ends
              gatehouse drain proxy --for 5m
            """);
  }

  @Test
  void ofBlockingSomebody() {
    screen.run("firewall", "add", "--help");
    assertThat(screen.out())
        .startsWith(
            """
            Usage: gatehouse firewall add [-h] [--close-existing] [--json] [--output=FORMAT] [--socket=PATH]
                                          TYPE VALUE
            Block an address, a network or a country.
                  TYPE               ip, cidr, country.
                  VALUE              An address, a network such as 198.51.100.0/24, or two letters of ISO
                                       3166-1.
                  --close-existing   Also reset the open connections that the rule matches.
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

            In bash it also offers the listeners, hostnames and server-ids of a running daemon.

            Examples:
              source <(gatehouse completion)
              gatehouse completion > /etc/bash_completion.d/gatehouse
            """);
  }
}
