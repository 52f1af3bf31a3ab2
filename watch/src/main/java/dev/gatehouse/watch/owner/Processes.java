package dev.gatehouse.watch.owner;

import dev.gatehouse.watch.process.ProcessStat;
import java.util.Optional;

/** The processes of the host as the lookup needs them; a test stands in for them. */
interface Processes {

  /** Receives the sockets among a process's descriptors. */
  @FunctionalInterface
  interface SocketVisitor {

    /** Takes one; false ends the walk. */
    boolean socket(int fd, long inode);
  }

  /** All processes, ascending. */
  int[] pids();

  /** Gatehouse's own process. */
  int self();

  /** Visits the sockets of a process; the number of its descriptors, or a negative errno. */
  int walk(int pid, SocketVisitor visitor);

  /** The inode of the socket behind a descriptor; −1 if there is none or it may not be read. */
  long inodeOf(int pid, int fd);

  /** What {@code /proc/<pid>/stat} tells; empty if the process is gone. */
  Optional<ProcessStat> stat(int pid);

  /** The name of a process of which this is the state, made harmless. */
  String name(int pid, ProcessStat stat);

  /** −1 if unknown. */
  long effectiveUid(int pid);

  /** The path of its control group; empty if unknown. */
  String cgroup(int pid);

  /** The path of its program's file; empty if it may not be read. */
  String exe(int pid);
}
