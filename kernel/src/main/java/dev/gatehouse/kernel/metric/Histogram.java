package dev.gatehouse.kernel.metric;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;

/**
 * How values are distributed over the buckets of a metric.
 *
 * <p>Any thread may record and nobody waits. A reader may find a value in its bucket that is not in
 * the sum yet, but the count is always that of the buckets.
 */
public final class Histogram {

  private final double[] bounds;
  private final LongAdder[] counts;
  private final DoubleAdder sum = new DoubleAdder();

  Histogram(List<Double> bounds) {
    this.bounds = bounds.stream().mapToDouble(Double::doubleValue).toArray();
    this.counts =
        Stream.generate(LongAdder::new).limit(bounds.size() + 1L).toArray(LongAdder[]::new);
  }

  /** Adds one value, in the metric's unit. */
  public void record(double value) {
    counts[bucket(value)].increment();
    sum.add(value);
  }

  /** How many values each bucket has by itself; the last one is of those above all bounds. */
  public long[] counts() {
    return Arrays.stream(counts).mapToLong(LongAdder::sum).toArray();
  }

  /** How many values there are. */
  public long count() {
    return Arrays.stream(counts()).sum();
  }

  /** All values together. */
  public double sum() {
    return sum.sum();
  }

  /** A bound belongs to the bucket below it. */
  private int bucket(double value) {
    int bucket = 0;
    while (bucket < bounds.length && value > bounds[bucket]) {
      bucket++;
    }
    return bucket;
  }
}
