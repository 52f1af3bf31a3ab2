package dev.gatehouse.cli.firewall;

import dev.gatehouse.cli.command.DaemonCommand;
import dev.gatehouse.cli.terminal.Terminal;
import dev.gatehouse.cli.text.Json;
import dev.gatehouse.cli.text.PlainText;
import dev.gatehouse.cli.text.Words;
import dev.gatehouse.client.ControlException;
import dev.gatehouse.client.GatehouseClient;
import dev.gatehouse.client.firewall.Explanation;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code gatehouse firewall explain}. */
@Command(
    name = "explain",
    description = "Show what the firewall would say of an address, and why.",
    footer = {
      "",
      "Examples:",
      "  gatehouse firewall explain 198.51.100.7",
      "  gatehouse firewall explain 2001:db8::7"
    })
final class ExplainAddress extends DaemonCommand {

  @Parameters(paramLabel = "ADDRESS", description = "IPv4 or IPv6, without a port.")
  private String address = "";

  ExplainAddress(Terminal terminal) {
    super(terminal);
  }

  @Override
  protected int ask(GatehouseClient client) throws ControlException {
    Explanation explanation = client.firewall().explain(address);
    return show(() -> text(explanation), json -> json(json, explanation));
  }

  private String text(Explanation explanation) {
    String country = explanation.country().map(code -> " · " + PlainText.of(code)).orElse("");
    return String.format(
        Locale.ROOT,
        "%s · %s%s%n%s%n%d open connections · %.1f in the window of the rate limit%n",
        PlainText.of(address),
        PlainText.of(explanation.scope()),
        country,
        verdict(explanation),
        explanation.openConnections(),
        explanation.rateEstimate());
  }

  private static String verdict(Explanation explanation) {
    Optional<String> reason = explanation.blockedReason();
    if (reason.isEmpty()) {
      return "let in";
    }
    String rule =
        explanation.rule().map(found -> ", by the rule " + RuleArguments.text(found)).orElse("");
    return "blocked: " + PlainText.of(reason.get()) + rule;
  }

  private void json(Json json, Explanation explanation) {
    json.text("address", address)
        .text("scope", explanation.scope())
        .text("country", explanation.country().orElse(""))
        .truth("blocked", explanation.blockedReason().isPresent())
        .text("blocked_reason", explanation.blockedReason().orElse(""));
    explanation
        .rule()
        .ifPresentOrElse(
            rule ->
                json.object(
                    "rule",
                    inner -> inner.text("type", Words.of(rule.type())).text("value", rule.value())),
            () -> json.nothing("rule"));
    json.number("open_connections", explanation.openConnections())
        .measure("rate_estimate", explanation.rateEstimate());
  }
}
