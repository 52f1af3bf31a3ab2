package dev.gatehouse.bench.contest;

/** A value that a share of all values does not exceed. */
public final class Percentile {

  private Percentile() {}

  /** The smallest of the sorted values that the given share of them does not exceed. */
  public static long of(long[] sorted, double share) {
    int rank = (int) Math.ceil(share * sorted.length);
    return sorted[Math.max(rank, 1) - 1];
  }
}
