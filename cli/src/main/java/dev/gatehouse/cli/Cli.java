package dev.gatehouse.cli;

import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;

/** The whole command line: what talks to a daemon, and what the caller adds. */
public final class Cli {

  /** Done. */
  public static final int OK = 0;

  /** Failed at run time. */
  public static final int FAILED = 1;

  /** Refused: the usage or the configuration is wrong. */
  public static final int REFUSED = 2;

  private final CommandLine commandLine;

  /**
   * @param version of this program
   * @param local what {@code exposure --local} runs
   * @param more commands, as objects that picocli understands, which print where {@code
   *     CommandSpec.commandLine().getOut()} says; they come before ours in the help
   */
  public Cli(String version, Terminal terminal, LocalExposure local, List<?> more) {
    commandLine = new CommandLine(CommandSpec.forAnnotatedObject(new Root()));
    more.forEach(commandLine::addSubcommand);
    commandLine
        .addSubcommand(new ExposureCommand(terminal, local))
        .addSubcommand(new StatusCommand(terminal))
        .addSubcommand(new VersionCommand(version))
        .addSubcommand(new CompletionCommand())
        .setOut(terminal.out())
        .setErr(terminal.err())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setAbbreviatedOptionsAllowed(false)
        .setUsageHelpWidth(USAGE_COLUMNS)
        .setColorScheme(
            CommandLine.Help.defaultColorScheme(
                terminal.colours() ? CommandLine.Help.Ansi.ON : CommandLine.Help.Ansi.OFF))
        .setParameterExceptionHandler(new UsageErrors())
        .setExecutionExceptionHandler(new RunErrors(terminal));
  }

  private static final int USAGE_COLUMNS = 100;

  /** Runs one command and gives the exit code of the process. */
  public int run(String... arguments) {
    return commandLine.execute(arguments);
  }

  @Command(
      name = "gatehouse",
      description = "One daemon for the edge of a host.",
      mixinStandardHelpOptions = false,
      synopsisSubcommandLabel = "COMMAND",
      exitCodeListHeading = "%nExit codes:%n",
      exitCodeList = {
        "0:done",
        "1:failed at run time",
        "2:refused: the usage or the configuration is wrong"
      },
      footer = {
        "",
        "Examples:",
        "  gatehouse exposure --public     what the internet can reach on this host",
        "  gatehouse status                what the daemon runs, and where it listens",
        "  gatehouse exposure --help       all options of a command"
      })
  private static final class Root implements Runnable {

    @CommandLine.Mixin private HelpOption help = new HelpOption();

    @CommandLine.Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
      throw new CommandLine.ParameterException(
          spec.commandLine(), "no command was given (expected: one of those below)");
    }
  }
}
