package dev.gatehouse.bench.contest;

import java.util.List;
import java.util.stream.DoubleStream;

/**
 * The figures of one contender: one array a round, and the first column of the very first,
 * uncounted one.
 */
public record Series(Contender contender, double first, List<double[]> rounds) {

  public double median(int column) {
    double[] sorted = sorted(column);
    return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
  }

  public double least(int column) {
    return sorted(column)[0];
  }

  public double most(int column) {
    return sorted(column)[rounds.size() - 1];
  }

  private double[] sorted(int column) {
    return rounds.stream()
        .flatMapToDouble(round -> DoubleStream.of(round[column]))
        .sorted()
        .toArray();
  }
}
