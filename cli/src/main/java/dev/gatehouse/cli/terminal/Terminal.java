package dev.gatehouse.cli.terminal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.Console;
import java.io.PrintWriter;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;

/**
 * Where a command prints, and what it may assume of the reader.
 *
 * @param interactive whether a person reads this at a terminal; only then are there colours, and
 *     only then is output cut to the width
 * @param columns the width of the terminal; without meaning off one
 * @param environment the variables of the process
 * @param zone the zone in which times are shown to people
 */
public record Terminal(
    PrintWriter out,
    PrintWriter err,
    boolean interactive,
    int columns,
    Map<String, String> environment,
    ZoneId zone) {

  /** The terminal, or whatever else this process writes to. */
  public static Terminal system() {
    boolean interactive =
        Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
    Map<String, String> environment = System.getenv();
    return new Terminal(
        new PrintWriter(System.out, true, UTF_8),
        new PrintWriter(System.err, true, UTF_8),
        interactive,
        interactive ? TerminalWidth.columns(environment) : TerminalWidth.UNKNOWN,
        environment,
        ZoneId.systemDefault());
  }

  /** Whether colours help: at a terminal that knows them, unless the reader asked for none. */
  public boolean colours() {
    return interactive
        && environment.getOrDefault("NO_COLOR", "").isEmpty()
        && !environment.getOrDefault("TERM", "").equals("dumb");
  }
}
