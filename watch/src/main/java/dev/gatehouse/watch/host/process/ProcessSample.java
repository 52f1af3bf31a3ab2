package dev.gatehouse.watch.host.process;

/**
 * One process at one moment.
 *
 * @param startTicks with the pid it names the process for good
 * @param swapBytes 0 if unknown
 * @param openFiles 0 if unknown
 * @param openFilesLimit 0 if unknown or unlimited
 */
record ProcessSample(
    int pid,
    long startTicks,
    String group,
    Usage usage,
    long residentBytes,
    long virtualBytes,
    long swapBytes,
    long threads,
    long openFiles,
    long openFilesLimit,
    boolean root) {}
