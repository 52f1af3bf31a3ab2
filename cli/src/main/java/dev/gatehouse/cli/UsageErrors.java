package dev.gatehouse.cli;

import dev.gatehouse.cli.command.ExitCode;
import dev.gatehouse.cli.text.PlainText;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Says what was given, what was expected and what to do, in two lines instead of the whole help.
 */
final class UsageErrors implements IParameterExceptionHandler {

  @Override
  public int handleParseException(ParameterException failure, String[] arguments) {
    CommandLine command = failure.getCommandLine();
    PrintWriter err = command.getErr();
    err.println(name(command) + ": " + message(failure));
    boolean takesCommand = !command.getSubcommands().isEmpty();
    if (takesCommand && !(failure instanceof UnmatchedArgumentException)) {
      command.usage(err);
    } else {
      err.println("See '" + command.getCommandSpec().qualifiedName() + " --help'.");
    }
    return ExitCode.REFUSED;
  }

  /** The words by which a command was called, such as {@code routes add}. */
  static String name(CommandLine command) {
    CommandLine parent = command.getParent();
    return parent == null || parent.getParent() == null
        ? command.getCommandName()
        : name(parent) + " " + command.getCommandName();
  }

  private static String message(ParameterException failure) {
    return failure instanceof UnmatchedArgumentException unmatched
        ? unmatched(unmatched)
        : PlainText.of(String.valueOf(failure.getMessage()));
  }

  private static String unmatched(UnmatchedArgumentException failure) {
    String given = failure.getUnmatched().getFirst();
    List<String> near = failure.getSuggestions();
    String what = given.startsWith("-") ? "option" : "argument or command";
    return "unknown %s '%s'%s"
        .formatted(
            what,
            PlainText.of(given),
            near.isEmpty() ? "" : "; did you mean " + near.getFirst() + "?");
  }
}
