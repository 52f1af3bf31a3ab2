package dev.gatehouse.proxy.store;

import dev.gatehouse.net.firewall.Firewall.Reason;
import dev.gatehouse.net.firewall.FirewallRule;
import dev.gatehouse.net.firewall.FirewallRules;
import dev.gatehouse.proxy.store.StoreException.Kind;
import java.sql.SQLException;
import java.util.List;

/** The table {@code firewall_rules}; values stand there in their normal form. */
record FirewallRows(Database database) {

  private static final String TABLE = "firewall_rules";

  /** In the order of their coming. */
  FirewallRules listFirewallRules() throws StoreException {
    List<FirewallRule> rules =
        database.list(TABLE, "SELECT * FROM firewall_rules ORDER BY id", FirewallRows::read);
    if (rules.size() > FirewallRules.MAX_RULES) {
      throw new StoreException(
          Kind.CORRUPT,
          "%s: %d firewall_rules (expected: at most %d); delete some with sqlite3"
              .formatted(database.file(), rules.size(), FirewallRules.MAX_RULES));
    }
    return FirewallRules.of(rules);
  }

  long createFirewallRule(FirewallRule rule) throws StoreException {
    return database.insert(
        "INSERT INTO firewall_rules (type, value) VALUES (?, ?)",
        rule.reason().label(),
        rule.value());
  }

  /** Whether it was there. */
  boolean deleteFirewallRule(FirewallRule rule) throws StoreException {
    return database.update(
            "DELETE FROM firewall_rules WHERE type = ? AND value = ?",
            rule.reason().label(),
            rule.value())
        > 0;
  }

  private static FirewallRule read(Cells cells) throws SQLException, StoreException {
    String value = cells.text("value");
    return switch (FirewallRule.read(cells.choice("type", Reason.class, Reason::label), value)) {
      case FirewallRule.Read.Refused(String expected) ->
          throw cells.wrong("value", value, expected);
      case FirewallRule.Read.Rule(FirewallRule rule) when !rule.value().equals(value) ->
          throw cells.wrong("value", value, rule.value());
      case FirewallRule.Read.Rule(FirewallRule rule) -> rule;
    };
  }
}
