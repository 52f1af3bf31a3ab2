package dev.gatehouse.cli.listener;

import dev.gatehouse.cli.command.DaemonCommand;
import dev.gatehouse.cli.command.Target;
import dev.gatehouse.cli.terminal.Terminal;
import dev.gatehouse.cli.text.PlainText;
import dev.gatehouse.client.ControlException;
import dev.gatehouse.client.GatehouseClient;
import java.util.List;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code gatehouse listeners limit}. */
@Command(
    name = "limit",
    description = "Set how many connections a listener holds at most; open ones stay.",
    footer = {
      "",
      "Examples:",
      "  gatehouse listeners limit 5000         of the only listener",
      "  gatehouse listeners limit :443 5000",
      "  gatehouse listeners limit :443 0       without limit"
    })
final class LimitListener extends DaemonCommand {

  private static final Pattern COUNT = Pattern.compile("[0-9]{1,18}");

  @Parameters(
      index = "0..1",
      arity = "1..2",
      paramLabel = "[LISTENER] N",
      hideParamSyntax = true,
      description = "The listener, if there are several, and the limit; 0 is none.")
  private List<String> arguments = List.of();

  LimitListener(Terminal terminal) {
    super(terminal);
  }

  @Override
  protected void check() {
    String given = arguments.getLast();
    refuse(
        !COUNT.matcher(given).matches(),
        "limit: '%s' (expected: a number of connections, 0 for none)".formatted(given));
  }

  @Override
  protected int ask(GatehouseClient client) throws ControlException {
    Target target = Target.of(arguments, 1);
    long limit = Long.parseLong(target.rest().getFirst());
    long previous = client.proxy().limitConnections(target.listener(), limit);
    return show(
        () -> text(target.listener(), limit, previous),
        json ->
            json.text("listener", target.listener())
                .number("max_connections", limit)
                .number("previous", previous));
  }

  private static String text(String listener, long limit, long previous) {
    String of = listener.isEmpty() ? "" : " of " + PlainText.of(listener);
    return "limit%s: %s (was: %s)%n".formatted(of, words(limit), words(previous));
  }

  private static String words(long limit) {
    return limit == 0 ? "none" : Long.toString(limit);
  }
}
