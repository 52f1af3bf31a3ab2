package dev.gatehouse.watch.process;

import dev.gatehouse.watch.procfs.KernelFiles;
import dev.gatehouse.watch.procfs.TextCursor;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/** Reads what {@code /proc/<pid>} tells anybody of a process; for one thread. */
public final class ProcessFiles {

  /** The most that is read of a command line, of which only the first argument is looked at. */
  static final int MAX_FIRST_ARGUMENT_BYTES = 4096;

  private static final int MAX_STAT_BYTES = 4096;

  private final Path proc;
  private final KernelFiles files;

  /**
   * Reads below a root, {@code /proc} but in tests.
   *
   * @param files the buffer to use, which nobody else reads into at the same time
   */
  public ProcessFiles(Path proc, KernelFiles files) {
    this.proc = proc;
    this.files = files;
  }

  /** The state of a process; empty if it is gone or hidden. */
  public Optional<ProcessStat> stat(int pid) {
    int length = files.load(file(pid, "stat"), MAX_STAT_BYTES);
    return ProcessStat.parse(files.bytes(), length);
  }

  /** The name of a process of which this is the state. */
  public String name(int pid, ProcessStat stat) {
    return ProcessName.mayBeCut(stat.comm())
        ? ProcessName.of(stat.comm(), firstArgument(pid))
        : ProcessName.of(stat.comm());
  }

  /** Another file of a process, empty if it is gone or refused. */
  public TextCursor read(int pid, String name) {
    return files.read(file(pid, name));
  }

  /** A file of a process. */
  public Path file(int pid, String name) {
    return proc.resolve(Integer.toString(pid)).resolve(name);
  }

  /** Never more than the first argument: what follows may hold secrets. */
  private String firstArgument(int pid) {
    int length = files.load(file(pid, "cmdline"), MAX_FIRST_ARGUMENT_BYTES);
    byte[] bytes = files.bytes();
    int end = 0;
    while (end < length && bytes[end] != 0) {
      end++;
    }
    return new String(bytes, 0, end, StandardCharsets.ISO_8859_1);
  }
}
