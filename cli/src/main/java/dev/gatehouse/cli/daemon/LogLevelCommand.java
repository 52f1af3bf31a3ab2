package dev.gatehouse.cli.daemon;

import dev.gatehouse.cli.command.DaemonCommand;
import dev.gatehouse.cli.command.EnumConverter;
import dev.gatehouse.cli.terminal.Terminal;
import dev.gatehouse.cli.text.Words;
import dev.gatehouse.client.ControlException;
import dev.gatehouse.client.GatehouseClient;
import dev.gatehouse.client.daemon.LogLevel;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code gatehouse log-level}. */
@Command(
    name = "log-level",
    description = "Have the daemon log more or less, until its next start or reload.",
    footer = {"", "Examples:", "  gatehouse log-level debug"})
final class LogLevelCommand extends DaemonCommand {

  private static final class Level extends EnumConverter<LogLevel> {
    Level() {
      super(LogLevel.class);
    }
  }

  @Parameters(
      paramLabel = "LEVEL",
      converter = Level.class,
      completionCandidates = Level.class,
      description = "${COMPLETION-CANDIDATES}.")
  private LogLevel level = LogLevel.UNKNOWN;

  LogLevelCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  protected int ask(GatehouseClient client) throws ControlException {
    LogLevel previous = client.daemon().setLogLevel(level);
    return show(
        () -> "log level: %s (was: %s)%n".formatted(Words.of(level), Words.of(previous)),
        json -> json.text("level", Words.of(level)).text("previous", Words.of(previous)));
  }
}
