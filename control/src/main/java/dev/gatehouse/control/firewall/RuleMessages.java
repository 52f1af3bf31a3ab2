package dev.gatehouse.control.firewall;

import dev.gatehouse.net.firewall.Firewall.Reason;
import dev.gatehouse.v1.FirewallRule;
import dev.gatehouse.v1.FirewallRuleType;

/** Rules of the firewall as messages. */
final class RuleMessages {

  private RuleMessages() {}

  static FirewallRule of(dev.gatehouse.net.firewall.FirewallRule rule) {
    return FirewallRule.newBuilder().setType(type(rule)).setValue(rule.value()).build();
  }

  /** The word of the configuration; empty for a type that is none here. */
  static String label(FirewallRuleType type) {
    return switch (type) {
      case FIREWALL_RULE_TYPE_IP -> Reason.IP.label();
      case FIREWALL_RULE_TYPE_CIDR -> Reason.CIDR.label();
      case FIREWALL_RULE_TYPE_COUNTRY -> Reason.COUNTRY.label();
      case FIREWALL_RULE_TYPE_UNSPECIFIED, UNRECOGNIZED -> "";
    };
  }

  private static FirewallRuleType type(dev.gatehouse.net.firewall.FirewallRule rule) {
    return switch (rule) {
      case dev.gatehouse.net.firewall.FirewallRule.Address _ ->
          FirewallRuleType.FIREWALL_RULE_TYPE_IP;
      case dev.gatehouse.net.firewall.FirewallRule.Network _ ->
          FirewallRuleType.FIREWALL_RULE_TYPE_CIDR;
      case dev.gatehouse.net.firewall.FirewallRule.Country _ ->
          FirewallRuleType.FIREWALL_RULE_TYPE_COUNTRY;
    };
  }
}
