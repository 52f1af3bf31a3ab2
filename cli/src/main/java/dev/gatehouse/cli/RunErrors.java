package dev.gatehouse.cli;

import dev.gatehouse.cli.command.DaemonUnreachable;
import dev.gatehouse.cli.command.ExitCode;
import dev.gatehouse.cli.terminal.Terminal;
import dev.gatehouse.cli.text.PlainText;
import dev.gatehouse.client.ControlException;
import dev.gatehouse.client.ControlException.Code;
import dev.gatehouse.client.ControlException.Reason;
import dev.gatehouse.client.ControlException.Violation;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Turns what a command throws into a few lines and an exit code; only a bug shows its trace. */
final class RunErrors implements IExecutionExceptionHandler {

  private final Terminal terminal;

  RunErrors(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) {
    String name = UsageErrors.name(command);
    switch (failure) {
      case DaemonUnreachable e -> print(name, e.getMessage());
      case ControlException e -> print(name, e);
      case IOException e -> print(name, e.getMessage());
      default -> {
        print(name, "this is a bug in Gatehouse: " + failure);
        failure.printStackTrace(terminal.err());
      }
    }
    return failure instanceof ControlException e && isUsage(e) ? ExitCode.REFUSED : ExitCode.FAILED;
  }

  /** The daemon knows better than a command what a usage may hold. */
  private static boolean isUsage(ControlException failure) {
    return failure.reason() == Reason.REJECTED && failure.code() == Code.INVALID_ARGUMENT;
  }

  private void print(String name, ControlException failure) {
    print(name, summary(failure));
    for (Violation violation : failure.violations()) {
      terminal
          .err()
          .printf(
              "  %s: %s%n", PlainText.of(violation.field()), PlainText.of(violation.description()));
    }
  }

  /** Other programs see no more than the message, so it may begin with what is said below it. */
  private static String summary(ControlException failure) {
    boolean repeated =
        failure.violations().stream()
            .findFirst()
            .map(first -> first.field() + ": " + first.description())
            .filter(failure.detail()::startsWith)
            .isPresent();
    return repeated ? "refused; nothing has changed" : failure.detail();
  }

  private void print(String name, @Nullable String message) {
    terminal.err().println(name + ": " + PlainText.of(String.valueOf(message)));
  }
}
