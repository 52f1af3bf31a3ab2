package dev.gatehouse.watch.series;

/**
 * What the cap did to one metric.
 *
 * @param emitted tuples that have a series
 * @param dropped tuples left out
 */
public record Cut(int emitted, int dropped, int cap) {

  /** Whether something was left out. */
  public boolean isCut() {
    return dropped > 0;
  }
}
