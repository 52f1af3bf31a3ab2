package dev.gatehouse.cli;

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
    String name = command.getCommandSpec().qualifiedName();
    err.println(command.getCommandName() + ": " + message(failure));
    if (command.getParent() == null && !(failure instanceof UnmatchedArgumentException)) {
      command.usage(err);
    } else {
      err.println("See '" + name + " --help'.");
    }
    return Cli.REFUSED;
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
            near.isEmpty() ? "" : "; did you mean " + String.join(" or ", near) + "?");
  }
}
