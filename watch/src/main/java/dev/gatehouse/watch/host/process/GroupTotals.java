package dev.gatehouse.watch.host.process;

/**
 * What the processes of one name use now and have used in all, as one pass found it.
 *
 * @param disk whether some process ever told of its disk traffic
 * @param worstFileRatio the greatest share of its limit that a process has open, negative if
 *     unknown
 */
record GroupTotals(
    String name,
    Usage usage,
    boolean disk,
    long processes,
    long threads,
    long residentBytes,
    long virtualBytes,
    long swapBytes,
    long openFiles,
    double worstFileRatio,
    long rootProcesses) {

  static final double UNKNOWN_RATIO = -1;

  static GroupTotals none(String name) {
    return new GroupTotals(name, Usage.NONE, false, 0, 0, 0, 0, 0, 0, UNKNOWN_RATIO, 0);
  }

  /** The same use in all, with no process left. */
  GroupTotals emptied() {
    return new GroupTotals(name, usage, disk, 0, 0, 0, 0, 0, 0, UNKNOWN_RATIO, 0);
  }

  /** With one more process, of which only the increase counts as use. */
  GroupTotals plus(ProcessSample sample, Usage increase) {
    return new GroupTotals(
        name,
        usage.plus(increase),
        disk || sample.usage().hasDisk(),
        processes + 1,
        threads + sample.threads(),
        residentBytes + sample.residentBytes(),
        virtualBytes + sample.virtualBytes(),
        swapBytes + sample.swapBytes(),
        openFiles + sample.openFiles(),
        Math.max(worstFileRatio, ratio(sample)),
        rootProcesses + (sample.root() ? 1 : 0));
  }

  /** With the present processes of another group, of which only the increase counts as use. */
  GroupTotals plus(GroupTotals hidden, Usage increase) {
    return new GroupTotals(
        name,
        usage.plus(increase),
        disk || hidden.disk,
        processes + hidden.processes,
        threads + hidden.threads,
        residentBytes + hidden.residentBytes,
        virtualBytes + hidden.virtualBytes,
        swapBytes + hidden.swapBytes,
        openFiles + hidden.openFiles,
        UNKNOWN_RATIO,
        rootProcesses + hidden.rootProcesses);
  }

  private static double ratio(ProcessSample sample) {
    return sample.openFilesLimit() == 0
        ? UNKNOWN_RATIO
        : (double) sample.openFiles() / (double) sample.openFilesLimit();
  }
}
