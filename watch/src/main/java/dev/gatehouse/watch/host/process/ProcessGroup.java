package dev.gatehouse.watch.host.process;

/** A group under way: its totals, what this pass added to them, and whether it is shown. */
final class ProcessGroup {

  private static final double GIBIBYTE = 1024.0 * 1024 * 1024;

  private GroupTotals totals;
  private Usage increase = Usage.NONE;
  private long aliveNanos;
  private boolean shown;

  ProcessGroup(String name) {
    totals = GroupTotals.none(name);
  }

  /** Forgets the members of the last pass, not what they used. */
  void beginPass() {
    totals = totals.emptied();
    increase = Usage.NONE;
  }

  void add(ProcessSample sample, Usage used) {
    totals = totals.plus(sample, used);
    increase = increase.plus(used);
  }

  void endPass(long nowNanos) {
    if (!isEmpty()) {
      aliveNanos = nowNanos;
    }
  }

  boolean isEmpty() {
    return totals.processes() == 0;
  }

  long emptyNanos(long nowNanos) {
    return nowNanos - aliveNanos;
  }

  boolean isShown() {
    return shown;
  }

  void show(boolean whether) {
    shown = whether;
  }

  GroupTotals totals() {
    return totals;
  }

  /** The use that this pass found. */
  Usage increase() {
    return increase;
  }

  /** What decides who is shown: seconds of processor time plus gibibytes of memory. */
  double weight(long ticksPerSecond) {
    return (double) totals.usage().cpuTicks() / (double) ticksPerSecond
        + (double) totals.residentBytes() / GIBIBYTE;
  }
}
