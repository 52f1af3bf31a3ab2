package dev.gatehouse.cli;

import dev.gatehouse.cli.ExposureOptions.Reach;
import dev.gatehouse.cli.ExposureOptions.Transport;
import dev.gatehouse.cli.certificate.CertificatesCommand;
import dev.gatehouse.cli.command.CommandGroup;
import dev.gatehouse.cli.command.EnumConverter;
import dev.gatehouse.cli.command.ExitCode;
import dev.gatehouse.cli.command.OutputOption.Format;
import dev.gatehouse.cli.completion.CompleteCommand;
import dev.gatehouse.cli.completion.CompletionCommand;
import dev.gatehouse.cli.config.ConfigCommands;
import dev.gatehouse.cli.daemon.DaemonCommands;
import dev.gatehouse.cli.firewall.FirewallCommands;
import dev.gatehouse.cli.listener.ListenerCommands;
import dev.gatehouse.cli.relay.RelayCommands;
import dev.gatehouse.cli.route.RouteCommands;
import dev.gatehouse.cli.terminal.Terminal;
import dev.gatehouse.cli.top.TopCommand;
import dev.gatehouse.cli.tracker.TrackerCommands;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.OptionSpec;

/** The whole command line: what talks to a daemon, and what the caller adds. */
public final class Cli {

  /** Done. */
  public static final int OK = ExitCode.OK;

  /** Failed at run time. */
  public static final int FAILED = ExitCode.FAILED;

  /** Refused: the usage or the configuration is wrong. */
  public static final int REFUSED = ExitCode.REFUSED;

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
        .addSubcommand(DaemonCommands.status(terminal))
        .addSubcommand(new TopCommand(terminal))
        .addSubcommand(ListenerCommands.listeners(terminal))
        .addSubcommand(RouteCommands.routes(terminal))
        .addSubcommand(RouteCommands.policies(terminal))
        .addSubcommand(new CertificatesCommand(terminal))
        .addSubcommand(FirewallCommands.firewall(terminal))
        .addSubcommand(RelayCommands.relay(terminal))
        .addSubcommand(TrackerCommands.tracker(terminal))
        .addSubcommand(ConfigCommands.config(terminal));
    DaemonCommands.orders(terminal).forEach(commandLine::addSubcommand);
    commandLine
        .addSubcommand(new VersionCommand(version))
        .addSubcommand(new CompletionCommand())
        .addSubcommand(new CompleteCommand(terminal));
    addHelp(commandLine);
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
    command.getSubcommands().values().forEach(Cli::addHelp);
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
  private static final class Root extends CommandGroup {}
}
