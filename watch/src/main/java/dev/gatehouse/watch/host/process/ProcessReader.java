package dev.gatehouse.watch.host.process;

import dev.gatehouse.watch.process.ProcessFiles;
import dev.gatehouse.watch.process.ProcessStat;
import dev.gatehouse.watch.procfs.KernelFiles;
import dev.gatehouse.watch.procfs.TextCursor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Reads one process from {@code /proc/<pid>}; for one thread.
 *
 * <p>A process may end between two files: then it lacks what the later ones would have told.
 */
final class ProcessReader {

  private static final long KIBIBYTE = 1024;

  private final ProcessFiles processes;
  private final long pageBytes;

  ProcessReader(Path proc, long pageBytes) {
    this.processes = new ProcessFiles(proc, new KernelFiles());
    this.pageBytes = pageBytes;
  }

  Optional<ProcessStat> stat(int pid) {
    return processes.stat(pid);
  }

  /** The rest of the process of which this is the state. */
  ProcessSample sample(int pid, ProcessStat stat) {
    String group = processes.name(pid, stat);
    TextCursor status = processes.read(pid, "status");
    boolean root = status.lineOf("Uid:") && status.skip(1).number() == 0;
    status.rewind();
    long swap = status.lineOf("VmSwap:") ? known(status.number()) * KIBIBYTE : 0;
    long openFiles = openFiles(pid);
    return new ProcessSample(
        pid,
        stat.startTicks(),
        group,
        usage(pid, stat),
        known(stat.residentPages()) * pageBytes,
        known(stat.virtualBytes()),
        swap,
        known(stat.threads()),
        openFiles,
        openFiles == 0 ? 0 : openFilesLimit(pid),
        root);
  }

  private Usage usage(int pid, ProcessStat stat) {
    TextCursor io = processes.read(pid, "io");
    return new Usage(
        known(stat.userTicks()) + known(stat.systemTicks()),
        stat.majorFaults(),
        field(io, "read_bytes:"),
        field(io, "write_bytes:"),
        field(io, "syscr:"),
        field(io, "syscw:"));
  }

  private static long field(TextCursor io, String name) {
    io.rewind();
    return io.lineOf(name) ? io.number() : TextCursor.ABSENT;
  }

  /** The size of the folder tells it without rights since Linux 6.2; before it is always 0. */
  private long openFiles(int pid) {
    Path folder = processes.file(pid, "fd");
    try {
      long size = Files.size(folder);
      return size > 0 ? size : entries(folder);
    } catch (IOException _) {
      return 0;
    }
  }

  private static long entries(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.count();
    }
  }

  /** The soft limit. */
  private long openFilesLimit(int pid) {
    TextCursor limits = processes.read(pid, "limits");
    while (limits.nextLine()) {
      if (limits.acceptPrefix("Max open files")) {
        return known(limits.number());
      }
    }
    return 0;
  }

  private static long known(long value) {
    return Math.max(0, value);
  }
}
