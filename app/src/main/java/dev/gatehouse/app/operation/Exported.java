package dev.gatehouse.app.operation;

import dev.gatehouse.config.tree.Node;
import dev.gatehouse.config.tree.Node.Table;
import dev.gatehouse.proxy.ruleset.Ruleset;
import dev.gatehouse.proxy.ruleset.RulesetTree;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The configuration of the file with what the database rules in the place of what it says. */
final class Exported {

  private static final String PROXY = "proxy";
  private static final String FIREWALL = "firewall";

  private Exported() {}

  static Table of(Table effective, Ruleset ruleset) {
    Map<String, Node> sections = new LinkedHashMap<>(effective.entries());
    sections.put(
        FIREWALL, changed(sections.get(FIREWALL), RulesetTree.firewall(ruleset.firewall())));
    if (sections.containsKey(PROXY)) {
      Map<String, Node> listeners = Map.of("listeners", RulesetTree.listeners(ruleset.listeners()));
      sections.put(PROXY, changed(sections.get(PROXY), listeners));
    }
    return new Table(0, sections);
  }

  private static Table changed(@Nullable Node section, Map<String, Node> values) {
    Map<String, Node> entries = new LinkedHashMap<>();
    if (section instanceof Table table) {
      entries.putAll(table.entries());
    }
    entries.putAll(values);
    return new Table(0, entries);
  }
}
