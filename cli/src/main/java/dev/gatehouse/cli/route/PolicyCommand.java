package dev.gatehouse.cli.route;

import dev.gatehouse.cli.command.DaemonCommand;
import dev.gatehouse.cli.command.Target;
import dev.gatehouse.cli.command.Warnings;
import dev.gatehouse.cli.terminal.Terminal;
import dev.gatehouse.cli.text.PlainText;
import dev.gatehouse.cli.text.Words;
import dev.gatehouse.client.ControlException;
import dev.gatehouse.client.GatehouseClient;
import dev.gatehouse.client.ProxyClient;
import dev.gatehouse.client.proxy.L7Policy;
import dev.gatehouse.client.proxy.Warning;
import java.util.List;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** A command that changes one policy of a route. */
abstract class PolicyCommand extends DaemonCommand {

  private final String outcome;

  @Parameters(
      index = "0..3",
      arity = "3..4",
      paramLabel = "[LISTENER] HOSTNAME TYPE VALUE",
      hideParamSyntax = true,
      description = {
        "The listener, if there are several, and the name of the route;",
        "block_user_agent with a part of user agents to refuse,",
        "or require_header with the name of a header that must be there."
      })
  private List<String> arguments = List.of();

  /**
   * @param outcome what has become of the policy afterwards, in a word
   */
  PolicyCommand(Terminal terminal, String outcome) {
    super(terminal);
    this.outcome = outcome;
  }

  /** Makes the change. */
  abstract List<Warning> change(
      ProxyClient proxy, String listener, String hostname, L7Policy policy) throws ControlException;

  @Override
  protected void check() {
    try {
      policy(Target.of(arguments, 3));
    } catch (TypeConversionException e) {
      refuse(true, "type: " + e.getMessage());
    }
  }

  @Override
  protected int ask(GatehouseClient client) throws ControlException {
    Target target = Target.of(arguments, 3);
    String hostname = target.rest().getFirst();
    L7Policy policy = policy(target);
    List<Warning> warnings = change(client.proxy(), target.listener(), hostname, policy);
    return show(
        () ->
            "%s: %s %s%n".formatted(outcome, Words.of(policy.type()), PlainText.of(policy.value()))
                + Warnings.text(warnings),
        json -> {
          json.text("hostname", hostname)
              .text("type", Words.of(policy.type()))
              .text("value", policy.value())
              .text("outcome", outcome);
          Warnings.json(json, warnings);
        });
  }

  private static L7Policy policy(Target target) {
    return new L7Policy(
        new PolicyTypeConverter().convert(target.rest().get(1)), target.rest().getLast());
  }
}
