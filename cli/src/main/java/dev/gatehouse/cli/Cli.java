package dev.gatehouse.cli;

import dev.gatehouse.cli.ExposureOptions.Reach;
import dev.gatehouse.cli.ExposureOptions.Transport;
import dev.gatehouse.cli.OutputOption.Format;
import dev.gatehouse.cli.terminal.Terminal;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The whole command line: what talks to a daemon, and what the caller adds. */
public final class Cli {

  /** Done. */
  public static final int OK = 0;

  /** Failed at run time. */
  public static final int FAILED = 1;

  /** Refused: the usage or the configuration is wrong. */
  public static final int REFUSED = 2;

  private static final int USAGE_COLUMNS = 100;

  private final CommandLine commandLine;

  /**
   * @param version of this program
   * @param local what {@code exposure --local} runs
   * @param more commands, as objects that picocli understands, which print where {@code
   *     CommandSpec.commandLine().getOut()} says; they come before ours in the help, and get their
   *     {@code --help} here
   */
  public Cli(String version, Terminal terminal, LocalExposure local, List<?> more) {
    commandLine = new CommandLine(new Root());
    more.forEach(commandLine::addSubcommand);
    commandLine
        .addSubcommand(new ExposureCommand(terminal, local))
        .addSubcommand(new StatusCommand(terminal))
        .addSubcommand(new VersionCommand(version))
        .addSubcommand(new CompletionCommand());
    addHelp(commandLine);
    commandLine.getSubcommands().values().forEach(Cli::addHelp);
    configure(terminal);
  }

  private void configure(Terminal terminal) {
    commandLine
        .setOut(terminal.out())
        .setErr(terminal.err())
        .registerConverter(Reach.class, new EnumConverter<>(Reach.class))
        .registerConverter(Transport.class, new EnumConverter<>(Transport.class))
        .registerConverter(Format.class, new EnumConverter<>(Format.class))
        .setUsageHelpWidth(USAGE_COLUMNS)
        .setColorScheme(Help.defaultColorScheme(terminal.colours() ? Ansi.ON : Ansi.OFF))
        .setParameterExceptionHandler(new UsageErrors())
        .setExecutionExceptionHandler(new RunErrors(terminal));
  }

  private static void addHelp(CommandLine command) {
    command
        .getCommandSpec()
        .addOption(
            OptionSpec.builder("-h", "--help")
                .type(boolean.class)
                .usageHelp(true)
                .description("Print this help.")
                .build());
  }

  /** Runs one command and gives the exit code of the process. */
  public int run(String... arguments) {
    return commandLine.execute(arguments);
  }

  @Command(
      name = "gatehouse",
      description = "One daemon for the edge of a host.",
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

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
      throw new ParameterException(
          spec.commandLine(), "no command was given (expected: one of those below)");
    }
  }
}
