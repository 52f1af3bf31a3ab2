package dev.gatehouse.tracker.rule;

import dev.gatehouse.kernel.lifecycle.Part;
import dev.gatehouse.kernel.metric.Metric;
import dev.gatehouse.kernel.metric.MetricSink;
import dev.gatehouse.kernel.metric.MetricSource;
import dev.gatehouse.wire.tracker.InfoHash;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The rules in force, which operators change while requests come.
 *
 * <p>What a call has returned from is in the store and counts for every request that comes after.
 */
public final class OperatorRules implements Part, MetricSource {

  private final RuleStore store;
  private volatile HashRules rules = HashRules.NONE;

  public OperatorRules(RuleStore store) {
    this.store = store;
  }

  @Override
  public String name() {
    return "tracker rules";
  }

  @Override
  public synchronized void start() throws IOException {
    rules = HashRules.of(store.read());
  }

  /** The rules of this moment; any thread may ask. */
  public HashRules inForce() {
    return rules;
  }

  /**
   * Adds rules, in place of those about the same torrents.
   *
   * @throws IllegalArgumentException if there would be more than {@link HashRules#MAX_RULES}
   */
  public synchronized void put(List<HashRule> added) throws IOException {
    List<HashRule> all = new ArrayList<>(rules.all());
    all.addAll(added);
    HashRules next = HashRules.of(all);
    if (next.all().size() > HashRules.MAX_RULES) {
      throw new IllegalArgumentException(
          "%d rules (expected: at most %d); forget some"
              .formatted(next.all().size(), HashRules.MAX_RULES));
    }
    store.write(added, List.of());
    rules = next;
  }

  /**
   * Takes back what was decided about these torrents.
   *
   * @return those about which anything was
   */
  public synchronized List<InfoHash> forget(List<InfoHash> torrents) throws IOException {
    Set<InfoHash> keys =
        torrents.stream().map(InfoHash::truncated).collect(Collectors.toUnmodifiableSet());
    List<InfoHash> known = rules.all().stream().map(HashRule::key).filter(keys::contains).toList();
    store.write(List.of(), known);
    rules = HashRules.of(rules.all().stream().filter(rule -> !keys.contains(rule.key())).toList());
    return known;
  }

  @Override
  public synchronized void close() throws IOException {
    store.close();
  }

  @Override
  public void collect(MetricSink sink) {
    for (Verdict verdict : Verdict.values()) {
      sink.sample(Metric.TRACKER_HASH_RULES, (double) inForce().count(verdict), verdict.label());
    }
  }
}
