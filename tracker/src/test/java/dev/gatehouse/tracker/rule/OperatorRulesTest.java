package dev.gatehouse.tracker.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.kernel.metric.Metric;
import dev.gatehouse.wire.tracker.InfoHash;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OperatorRulesTest {

  private static final InfoHash ONE = InfoHash.v1(1, 2, 3);
  private static final InfoHash OTHER = InfoHash.v1(4, 5, 6);

  private final RuleStore store = new MemoryRules();
  private final OperatorRules rules = new OperatorRules(store);

  /** A store whose disk is full. */
  private static final class FullStore implements RuleStore {

    @Override
    public List<HashRule> read() {
      return List.of();
    }

    @Override
    public void write(List<HashRule> added, List<InfoHash> forgotten) throws IOException {
      throw new IOException("no room");
    }

    @Override
    public void close() {}
  }

  @Test
  void aRuleCountsAtOnce() throws Exception {
    rules.put(List.of(rule(ONE, Verdict.DENY)));
    assertThat(denies(rules, ONE)).isTrue();
    assertThat(denies(rules, OTHER)).isFalse();
  }

  @Test
  void rulesAreThereAfterARestart() throws Exception {
    rules.put(List.of(rule(ONE, Verdict.ALLOW), rule(OTHER, Verdict.DENY)));
    rules.put(List.of(rule(ONE, Verdict.DENY)));
    OperatorRules restarted = new OperatorRules(store);
    restarted.start();
    assertThat(restarted.inForce().all())
        .containsExactly(rule(ONE, Verdict.DENY), rule(OTHER, Verdict.DENY));
  }

  @Test
  void whatIsForgottenIsLeftToTheHooksAgain() throws Exception {
    rules.put(List.of(rule(ONE, Verdict.DENY)));
    assertThat(rules.forget(List.of(ONE, OTHER))).containsExactly(ONE);
    assertThat(denies(rules, ONE)).isFalse();
    assertThat(store.read()).isEmpty();
  }

  @Test
  void whatCouldNotBeWrittenDoesNotCount() {
    OperatorRules unkept = new OperatorRules(new FullStore());
    assertThatThrownBy(() -> unkept.put(List.of(rule(ONE, Verdict.DENY))))
        .isInstanceOf(IOException.class);
    assertThat(denies(unkept, ONE)).isFalse();
  }

  @Test
  void rulesAreCountedByVerdict() throws Exception {
    rules.put(List.of(rule(ONE, Verdict.DENY)));
    List<String> samples = new ArrayList<>();
    rules.collect(
        (metric, value, labels) ->
            samples.add(metric + " " + value + " " + String.join(",", labels)));
    assertThat(samples)
        .containsExactly(
            Metric.TRACKER_HASH_RULES + " 0.0 allow", Metric.TRACKER_HASH_RULES + " 1.0 deny");
  }

  private static boolean denies(OperatorRules rules, InfoHash hash) {
    return rules.inForce().denies(hash.first(), hash.second(), hash.tail());
  }

  private static HashRule rule(InfoHash hash, Verdict verdict) {
    return new HashRule(hash, verdict, "note", Instant.EPOCH);
  }
}
