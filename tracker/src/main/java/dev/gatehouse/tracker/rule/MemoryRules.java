package dev.gatehouse.tracker.rule;

import dev.gatehouse.wire.tracker.InfoHash;
import java.util.ArrayList;
import java.util.List;

/** Rules that end with the process, for a tracker that runs without a database. */
public final class MemoryRules implements RuleStore {

  private final List<HashRule> kept = new ArrayList<>();

  @Override
  public List<HashRule> read() {
    return HashRules.of(kept).all();
  }

  @Override
  public void write(List<HashRule> rules, List<InfoHash> forgotten) {
    kept.addAll(rules);
    kept.removeIf(rule -> forgotten.contains(rule.key()));
  }

  @Override
  public void close() {
    // nothing is held
  }
}
