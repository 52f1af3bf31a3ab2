package dev.gatehouse.watch.owner;

import dev.gatehouse.net.syscall.SocketLinks;
import dev.gatehouse.watch.unit.CgroupFile;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/** The processes of this host, read from {@code /proc}; one thread at a time. */
final class ProcProcesses implements Processes {

  /** A command line may be megabytes; its first part never needs more. */
  private static final int MAX_BYTES = 4096;

  private static final String UID = "\nUid:";

  private final Path proc;
  private final String prefix;
  private final SocketLinks links = new SocketLinks();
  private final byte[] buffer = new byte[MAX_BYTES];
  private final int self = (int) ProcessHandle.current().pid();

  ProcProcesses(Path proc) {
    this.proc = proc;
    this.prefix = proc + "/";
  }

  @Override
  public int[] pids() {
    String[] names = proc.toFile().list();
    return names == null
        ? new int[0]
        : Arrays.stream(names).mapToInt(ProcProcesses::pid).filter(p -> p > 0).sorted().toArray();
  }

  private static int pid(String name) {
    char first = name.charAt(0);
    return first >= '0' && first <= '9' && name.length() <= 9 ? Integer.parseInt(name) : 0;
  }

  @Override
  public int self() {
    return self;
  }

  @Override
  public int walk(int pid, SocketVisitor visitor) {
    return links.walk(pid, visitor::socket);
  }

  @Override
  public long inodeOf(int pid, int fd) {
    return links.inodeOf(pid, fd);
  }

  @Override
  public Optional<ProcessStat> stat(int pid) {
    int length = read(pid, "/stat");
    return length <= 0 ? Optional.empty() : ProcessStat.parse(buffer, length);
  }

  @Override
  public String firstArgument(int pid) {
    int length = Math.max(0, read(pid, "/cmdline"));
    int end = 0;
    while (end < length && buffer[end] != 0) {
      end++;
    }
    return new String(buffer, 0, end, StandardCharsets.UTF_8);
  }

  @Override
  public long effectiveUid(int pid) {
    String status = text(pid, "/status");
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
    return CgroupFile.path(text(pid, "/cgroup"));
  }

  @Override
  public String exe(int pid) {
    try {
      String target = Files.readSymbolicLink(proc.resolve(pid + "/exe")).toString();
      return ProcessName.cleanPath(target);
    } catch (IOException | InvalidPathException _) {
      return "";
    }
  }

  private String text(int pid, String file) {
    return new String(buffer, 0, Math.max(0, read(pid, file)), StandardCharsets.UTF_8);
  }

  /** The number of bytes now in the buffer; −1 if the process is gone or does not show the file. */
  private int read(int pid, String file) {
    try (InputStream in = new FileInputStream(prefix + pid + file)) {
      return in.readNBytes(buffer, 0, buffer.length);
    } catch (IOException _) {
      return -1;
    }
  }
}
