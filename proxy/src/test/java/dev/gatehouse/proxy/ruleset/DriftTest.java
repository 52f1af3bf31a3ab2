package dev.gatehouse.proxy.ruleset;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.kernel.address.IpAddress;
import dev.gatehouse.kernel.metric.Metric;
import dev.gatehouse.net.firewall.FirewallRule;
import dev.gatehouse.net.firewall.FirewallRules;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class DriftTest {

  private static final Ruleset ONE = blocking(1);
  private static final Ruleset TWO = blocking(2);

  private Ruleset inForce = ONE;
  private final Drift drift = new Drift(() -> inForce, ONE);

  @Test
  void whereBothAgreeThereIsNone() {
    assertThat(drift.changes()).isEmpty();
    assertThat(counts())
        .containsOnlyKeys("listener", "limit", "route", "policy", "firewall")
        .containsEntry("firewall", 0.0);
  }

  @Test
  void followsTheRulesetInForce() {
    inForce = TWO;
    assertThat(drift.changes()).hasSize(2);
    assertThat(counts()).containsEntry("firewall", 2.0);
    inForce = ONE;
    assertThat(drift.changes()).isEmpty();
  }

  @Test
  void followsTheFile() {
    drift.inFile(TWO);
    assertThat(drift.inFile()).isEqualTo(TWO);
    assertThat(drift.changes()).isEqualTo(Difference.between(ONE, TWO));
  }

  private Map<String, Double> counts() {
    Map<String, Double> counts = new TreeMap<>();
    drift.collect(
        (metric, value, labels) -> {
          assertThat(metric).isEqualTo(Metric.CONFIG_DRIFT);
          counts.put(labels[0], value);
        });
    return counts;
  }

  private static Ruleset blocking(int number) {
    FirewallRule rule = new FirewallRule.Address(IpAddress.ipv4(number));
    return Ruleset.EMPTY.with(FirewallRules.NONE.with(rule));
  }
}
