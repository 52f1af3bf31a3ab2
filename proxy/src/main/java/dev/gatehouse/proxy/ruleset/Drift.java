package dev.gatehouse.proxy.ruleset;

import dev.gatehouse.kernel.metric.Metric;
import dev.gatehouse.kernel.metric.MetricSink;
import dev.gatehouse.kernel.metric.MetricSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What differs between the ruleset in force and that of the configuration file, which would else be
 * ignored in silence.
 */
public final class Drift implements MetricSource {

  private final Supplier<Ruleset> inForce;
  private volatile Ruleset inFile;
  private volatile Found found;

  /** A difference, and between what. */
  private record Found(Ruleset inForce, Ruleset inFile, List<RulesetChange> changes) {
    static Found between(Ruleset inForce, Ruleset inFile) {
      return new Found(inForce, inFile, Difference.between(inForce, inFile));
    }

    boolean isBetween(Ruleset one, Ruleset other) {
      return inForce.equals(one) && inFile.equals(other);
    }
  }

  public Drift(Supplier<Ruleset> inForce, Ruleset inFile) {
    this.inForce = inForce;
    this.inFile = inFile;
    this.found = Found.between(inForce.get(), inFile);
  }

  /** The file has been read again. */
  public void inFile(Ruleset read) {
    inFile = read;
  }

  /** What the file had when it was read last. */
  public Ruleset inFile() {
    return inFile;
  }

  /** What leads from the ruleset in force to that of the file. */
  public List<RulesetChange> changes() {
    Ruleset now = inForce.get();
    Ruleset file = inFile;
    Found last = found;
    if (!last.isBetween(now, file)) {
      last = Found.between(now, file);
      found = last;
    }
    return last.changes();
  }

  @Override
  public void collect(MetricSink sink) {
    Map<RulesetChange.Kind, Integer> counts = new EnumMap<>(RulesetChange.Kind.class);
    for (RulesetChange.Kind kind : RulesetChange.Kind.values()) {
      counts.put(kind, 0);
    }
    changes().forEach(change -> counts.merge(change.kind(), 1, Integer::sum));
    counts.forEach((kind, count) -> sink.sample(Metric.CONFIG_DRIFT, count, kind.label()));
  }
}
