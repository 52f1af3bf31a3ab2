package dev.gatehouse.watch.owner;

import dev.gatehouse.watch.process.ProcessFiles;
import dev.gatehouse.watch.process.ProcessIds;
import dev.gatehouse.watch.process.ProcessStat;
import dev.gatehouse.watch.procfs.KernelFiles;
import dev.gatehouse.watch.unit.CgroupFile;
import dev.gatehouse.watch.unit.Printable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/** The processes of this host, read from {@code /proc}; one thread at a time. */
final class ProcProcesses implements Processes {

  private static final int MAX_BYTES = 4096;

  private static final String UID = "\nUid:";

  private final Path proc;
  private final Descriptors descriptors;
  private final KernelFiles buffer = new KernelFiles();
  private final ProcessFiles files;
  private final int self = (int) ProcessHandle.current().pid();

  ProcProcesses(Path proc, Descriptors descriptors) {
    this.proc = proc;
    this.descriptors = descriptors;
    this.files = new ProcessFiles(proc, buffer);
  }

  @Override
  public int[] pids() {
    return ProcessIds.below(proc);
  }

  @Override
  public int self() {
    return self;
  }

  @Override
  public int walk(int pid, SocketVisitor visitor) {
    return descriptors.walk(pid, visitor);
  }

  @Override
  public long inodeOf(int pid, int fd) {
    return descriptors.inodeOf(pid, fd);
  }

  @Override
  public Optional<ProcessStat> stat(int pid) {
    return files.stat(pid);
  }

  @Override
  public String name(int pid, ProcessStat stat) {
    return files.name(pid, stat);
  }

  @Override
  public long effectiveUid(int pid) {
    String status = text(pid, "status");
    int line = status.indexOf(UID);
    if (line < 0) {
      return -1;
    }
    // real, effective, saved, file system
    String[] uids = status.substring(line + UID.length()).strip().split("\\s+", 3);
    return uids.length == 3 && uids[1].matches("[0-9]{1,10}") ? Long.parseLong(uids[1]) : -1;
  }

  @Override
  public String cgroup(int pid) {
    return CgroupFile.path(text(pid, "cgroup"));
  }

  @Override
  public String exe(int pid) {
    try {
      String target = Files.readSymbolicLink(proc.resolve(pid + "/exe")).toString();
      return Printable.of(target, MAX_BYTES);
    } catch (IOException | InvalidPathException _) {
      return "";
    }
  }

  private String text(int pid, String name) {
    int length = buffer.load(files.file(pid, name), MAX_BYTES);
    return new String(buffer.bytes(), 0, length, StandardCharsets.UTF_8);
  }
}
