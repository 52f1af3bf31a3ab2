package dev.gatehouse.watch.host.process;

import dev.gatehouse.watch.procfs.TextCursor;

/**
 * What a process has used since it began; what could not be read is {@link TextCursor#ABSENT}.
 *
 * @param cpuTicks in user and kernel mode
 */
record Usage(
    long cpuTicks,
    long majorFaults,
    long readBytes,
    long writeBytes,
    long readCalls,
    long writeCalls) {

  static final Usage NONE = new Usage(0, 0, 0, 0, 0, 0);

  /** Whether the process told of its disk traffic, which needs rights. */
  boolean hasDisk() {
    return readBytes != TextCursor.ABSENT;
  }

  /** The greater value of each; what is absent counts as unchanged. */
  Usage max(Usage other) {
    return new Usage(
        Math.max(cpuTicks, other.cpuTicks),
        Math.max(majorFaults, other.majorFaults),
        Math.max(readBytes, other.readBytes),
        Math.max(writeBytes, other.writeBytes),
        Math.max(readCalls, other.readCalls),
        Math.max(writeCalls, other.writeCalls));
  }

  Usage minus(Usage earlier) {
    return new Usage(
        cpuTicks - earlier.cpuTicks,
        majorFaults - earlier.majorFaults,
        readBytes - earlier.readBytes,
        writeBytes - earlier.writeBytes,
        readCalls - earlier.readCalls,
        writeCalls - earlier.writeCalls);
  }

  Usage plus(Usage more) {
    return new Usage(
        cpuTicks + more.cpuTicks,
        majorFaults + more.majorFaults,
        readBytes + more.readBytes,
        writeBytes + more.writeBytes,
        readCalls + more.readCalls,
        writeCalls + more.writeCalls);
  }
}
