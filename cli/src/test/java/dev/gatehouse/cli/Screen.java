package dev.gatehouse.cli;

import dev.gatehouse.cli.terminal.Terminal;
import dev.gatehouse.cli.terminal.TerminalWidth;
import dev.gatehouse.v1.Exposure;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Runs commands and keeps what they print. */
public final class Screen {

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final Terminal terminal;

  private Screen(boolean interactive, int columns, Map<String, String> environment) {
    terminal =
        new Terminal(
            new PrintWriter(out),
            new PrintWriter(err),
            interactive,
            columns,
            environment,
            ZoneOffset.UTC);
  }

  /** A pipe. */
  static Screen pipe() {
    return pipe(Map.of());
  }

  /** A pipe, and these variables. */
  static Screen pipe(Map<String, String> environment) {
    return new Screen(false, TerminalWidth.UNKNOWN, environment);
  }

  /** A person's terminal. */
  static Screen terminal(int columns) {
    return new Screen(true, columns, Map.of());
  }

  /** A person's terminal of any width, and these variables. */
  public static Screen withEnvironment(Map<String, String> environment) {
    return new Screen(true, TerminalWidth.UNKNOWN, environment);
  }

  int run(LocalExposure local, String... arguments) {
    int code = new Cli("1.2.3", terminal, local, List.of(new Extra())).run(arguments);
    terminal.out().flush();
    terminal.err().flush();
    return code;
  }

  public int run(String... arguments) {
    return run(allNamespaces -> Exposure.getDefaultInstance(), arguments);
  }

  public String out() {
    return out.toString();
  }

  public String err() {
    return err.toString();
  }

  Terminal terminal() {
    return terminal;
  }

  /** Stands for the commands that start a daemon. */
  @Command(name = "run", description = "Run the daemon.")
  private static final class Extra implements Callable<Integer> {

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
      spec.commandLine().getOut().println("runs");
      return 0;
    }
  }
}
