package dev.gatehouse.client.message;

import dev.gatehouse.client.firewall.Explanation;
import dev.gatehouse.client.firewall.FirewallRule;
import dev.gatehouse.v1.ExplainAddressResponse;
import dev.gatehouse.v1.FirewallRuleType;
import java.util.Optional;

/** Rules and explanations of the firewall, as records and as messages. */
public final class FirewallMessages {

  private FirewallMessages() {}

  public static FirewallRule rule(dev.gatehouse.v1.FirewallRule message) {
    FirewallRule.Type type =
        switch (message.getType()) {
          case FIREWALL_RULE_TYPE_IP -> FirewallRule.Type.IP;
          case FIREWALL_RULE_TYPE_CIDR -> FirewallRule.Type.CIDR;
          case FIREWALL_RULE_TYPE_COUNTRY -> FirewallRule.Type.COUNTRY;
          case FIREWALL_RULE_TYPE_UNSPECIFIED, UNRECOGNIZED -> FirewallRule.Type.UNKNOWN;
        };
    return new FirewallRule(type, message.getValue());
  }

  public static dev.gatehouse.v1.FirewallRule message(FirewallRule rule) {
    FirewallRuleType type =
        switch (rule.type()) {
          case IP -> FirewallRuleType.FIREWALL_RULE_TYPE_IP;
          case CIDR -> FirewallRuleType.FIREWALL_RULE_TYPE_CIDR;
          case COUNTRY -> FirewallRuleType.FIREWALL_RULE_TYPE_COUNTRY;
          case UNKNOWN -> throw ProxyMessages.unknown("rule");
        };
    return dev.gatehouse.v1.FirewallRule.newBuilder().setType(type).setValue(rule.value()).build();
  }

  public static Explanation explanation(ExplainAddressResponse message) {
    return new Explanation(
        message.getScope(),
        present(message.getCountry()),
        present(message.getBlockedReason()),
        message.hasRule() ? Optional.of(rule(message.getRule())) : Optional.empty(),
        message.getOpenConnections(),
        message.getRateEstimate());
  }

  private static Optional<String> present(String text) {
    return Optional.of(text).filter(word -> !word.isEmpty());
  }
}
