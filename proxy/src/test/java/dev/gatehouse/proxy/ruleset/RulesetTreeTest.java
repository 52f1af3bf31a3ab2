package dev.gatehouse.proxy.ruleset;

import static dev.gatehouse.proxy.ruleset.Rulesets.endpoint;
import static dev.gatehouse.proxy.ruleset.Rulesets.listener;
import static dev.gatehouse.proxy.ruleset.Rulesets.route;
import static dev.gatehouse.proxy.ruleset.Rulesets.rule;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.config.ConfigResult;
import dev.gatehouse.config.ConfigResult.Loaded;
import dev.gatehouse.config.Configuration;
import dev.gatehouse.config.Section;
import dev.gatehouse.config.document.TomlText;
import dev.gatehouse.config.source.ConfigSource;
import dev.gatehouse.config.tree.Node;
import dev.gatehouse.config.tree.Node.Scalar;
import dev.gatehouse.config.tree.Node.Table;
import dev.gatehouse.net.firewall.Firewall.Reason;
import dev.gatehouse.net.firewall.FirewallConfig;
import dev.gatehouse.net.firewall.FirewallRules;
import dev.gatehouse.proxy.config.ListenerConfig;
import dev.gatehouse.proxy.config.ProxyConfig;
import dev.gatehouse.proxy.config.RouteReader;
import dev.gatehouse.proxy.route.Route;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RulesetTreeTest {

  @Test
  void readingTheTreeGivesTheSameRuleset() {
    RandomRulesets random = RandomRulesets.ofL4(11);
    for (int i = 0; i < 100; i++) {
      Ruleset ruleset = random.next();
      assertThat(loaded(RulesetTreeTest::ruleset, written(ruleset)))
          .as("ruleset %d", i)
          .isEqualTo(ruleset);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void aRouteIsReadFromItsTreeWithoutBeingWrittenAsText(long seed) {
    RandomRulesets random = RandomRulesets.ofL4(seed);
    for (ListenerConfig listener : random.next().listeners()) {
      for (Route route : listener.routes()) {
        assertThat(loaded(Configuration.of(RouteReader::read).read(RulesetTree.route(route))))
            .isEqualTo(route);
      }
    }
  }

  @Test
  void keysWithTheirDefaultsAreLeftOut() {
    assertThat(TomlText.value(RulesetTree.listener(listener(":443", route("a.org", "b.org:1")))))
        .isEqualTo(
            "{addr = \"[::]:443\", routes = [{hostname = \"a.org\", mode = \"l4\","
                + " backend = \"b.org:1\"}]}");
    assertThat(TomlText.value(RulesetTree.listeners(List.of()))).isEqualTo("[]");
  }

  @Test
  void theRulesOfTheFirewallStandInThreeLists() {
    FirewallRules rules =
        FirewallRules.of(
            List.of(
                rule(Reason.IP, "192.0.2.1"),
                rule(Reason.CIDR, "10.0.0.0/8"),
                rule(Reason.COUNTRY, "nl")));
    assertThat(TomlText.value(new Table(0, RulesetTree.firewall(rules))))
        .isEqualTo(
            "{blocked_ips = [\"192.0.2.1\"], blocked_cidrs = [\"10.0.0.0/8\"],"
                + " blocked_countries = [\"NL\"]}");
  }

  private static String written(Ruleset ruleset) {
    Map<String, Node> firewall = new LinkedHashMap<>(RulesetTree.firewall(ruleset.firewall()));
    firewall.put("geoip_db", Scalar.text("countries.mmdb"));
    Map<String, Node> proxy = Map.of("listeners", RulesetTree.listeners(ruleset.listeners()));
    Map<String, Node> root = new LinkedHashMap<>();
    root.put("firewall", new Table(0, firewall));
    root.put("proxy", new Table(0, proxy));
    return TomlText.of(new Table(0, root));
  }

  private static Ruleset ruleset(Section root) {
    return new Ruleset(
        ProxyConfig.read(
                root.section("proxy", "the front door"),
                new ProxyConfig.BuiltIn(endpoint(":1"), endpoint(":1"), "", ""))
            .listeners(),
        FirewallConfig.read(root.section("firewall", "the firewall")).rules());
  }

  private static <T> T loaded(Function<Section, T> reader, String toml) {
    return loaded(Configuration.of(reader).read(ConfigSource.text("gatehouse.toml", toml)));
  }

  private static <T> T loaded(ConfigResult<T> result) {
    return switch (result) {
      case Loaded<T> loaded -> loaded.value();
      case ConfigResult.Refused<T> refused -> throw new AssertionError(refused.problems());
    };
  }
}
