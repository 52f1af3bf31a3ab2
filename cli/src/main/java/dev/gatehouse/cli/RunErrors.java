package dev.gatehouse.cli;

import dev.gatehouse.cli.terminal.Terminal;
import dev.gatehouse.cli.text.PlainText;
import dev.gatehouse.control.api.ControlException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Turns what a command throws into one line and an exit code; only a bug shows its trace. */
final class RunErrors implements IExecutionExceptionHandler {

  private final Terminal terminal;

  RunErrors(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) {
    String name = command.getCommandName();
    switch (failure) {
      case DaemonUnreachable e -> print(name, e.getMessage());
      case ControlException e -> print(name, e.detail());
      case IOException e -> print(name, e.getMessage());
      default -> {
        print(name, "this is a bug in Gatehouse: " + failure);
        failure.printStackTrace(terminal.err());
      }
    }
    return Cli.FAILED;
  }

  private void print(String name, @Nullable String message) {
    terminal.err().println(name + ": " + PlainText.of(String.valueOf(message)));
  }
}
