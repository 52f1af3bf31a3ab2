package dev.gatehouse.cli.firewall;

import dev.gatehouse.cli.command.EnumConverter;
import dev.gatehouse.cli.text.PlainText;
import dev.gatehouse.cli.text.Words;
import dev.gatehouse.client.firewall.FirewallRule;
import picocli.CommandLine.Parameters;

/** A rule on the command line. */
final class RuleArguments {

  private static final class Type extends EnumConverter<FirewallRule.Type> {
    Type() {
      super(FirewallRule.Type.class);
    }
  }

  @Parameters(
      index = "0",
      paramLabel = "TYPE",
      converter = Type.class,
      completionCandidates = Type.class,
      description = "${COMPLETION-CANDIDATES}.")
  private FirewallRule.Type type = FirewallRule.Type.UNKNOWN;

  @Parameters(
      index = "1",
      paramLabel = "VALUE",
      description = "An address, a network such as 198.51.100.0/24, or two letters of ISO 3166-1.")
  private String value = "";

  FirewallRule rule() {
    return new FirewallRule(type, value);
  }

  static String text(FirewallRule rule) {
    return Words.of(rule.type()) + " " + PlainText.of(rule.value());
  }
}
