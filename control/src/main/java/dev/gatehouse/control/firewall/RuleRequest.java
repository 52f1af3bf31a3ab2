package dev.gatehouse.control.firewall;

import dev.gatehouse.config.Section;
import dev.gatehouse.control.call.Request;
import dev.gatehouse.control.call.RequestTree;
import dev.gatehouse.kernel.address.IpAddress;
import dev.gatehouse.net.firewall.Firewall.Reason;
import dev.gatehouse.net.firewall.FirewallRule;
import java.util.Optional;

/** Reads what callers say of rules and addresses. */
final class RuleRequest {

  private static final String ADDRESS_EXPECTED =
      "an IP address such as \"192.0.2.1\" or \"2001:db8::1\"";
  private static final IpAddress EXAMPLE = IpAddress.parse("192.0.2.1").orElseThrow();

  private RuleRequest() {}

  static FirewallRule rule(dev.gatehouse.v1.FirewallRule rule) {
    RequestTree tree =
        new RequestTree()
            .givenChoice("type", RuleMessages.label(rule.getType()), rule.getTypeValue())
            .given("value", rule.getValue());
    return Request.read(
            new RequestTree().message("rule", tree), root -> rule(root.section("rule", "which")))
        .value()
        .orElseThrow();
  }

  static IpAddress address(String address) {
    return Request.read(
            new RequestTree().given("address", address),
            root ->
                root.value("address", "of a client", ADDRESS_EXPECTED, IpAddress::parse)
                    .required(EXAMPLE))
        .value()
        .unmapped();
  }

  /** What a value should be is not known before its type is; empty if a problem was told. */
  private static Optional<FirewallRule> rule(Section rule) {
    Optional<Reason> type =
        rule.choice("type", "what the value is", Reason.class, Reason::label)
            .matching(reason -> reason != Reason.RATE_LIMIT, "ip, cidr or country")
            .optional();
    String value = rule.text("value", "whom it blocks").orElse("");
    return type.flatMap(reason -> rule(rule, reason, value));
  }

  private static Optional<FirewallRule> rule(Section rule, Reason type, String value) {
    return switch (FirewallRule.read(type, value)) {
      case FirewallRule.Read.Rule(FirewallRule read) -> Optional.of(read);
      case FirewallRule.Read.Refused(String expected) -> {
        rule.refuse("value", expected);
        yield Optional.empty();
      }
    };
  }
}
