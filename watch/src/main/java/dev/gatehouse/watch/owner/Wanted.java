package dev.gatehouse.watch.owner;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The sockets that a walk looks for, by inode.
 *
 * <p>A walk ends when all that are due are found; others are taken along if they are met before.
 * Asked once per descriptor of the host, so the inodes are a sorted array.
 */
final class Wanted {

  private final OwnerEntry[] entries;
  private final long[] inodes;
  private final boolean[] due;
  private final int[] foundFds;
  private int dueLeft;

  Wanted(List<OwnerEntry> dueEntries, List<OwnerEntry> others) {
    Set<OwnerEntry> isDue = new HashSet<>(dueEntries);
    entries =
        others.stream()
            .sorted(Comparator.comparingLong(entry -> entry.row().inode()))
            .toArray(OwnerEntry[]::new);
    inodes = Arrays.stream(entries).mapToLong(entry -> entry.row().inode()).toArray();
    due = new boolean[entries.length];
    foundFds = new int[entries.length];
    Arrays.fill(foundFds, -1);
    for (int i = 0; i < entries.length; i++) {
      due[i] = isDue.contains(entries[i]);
      dueLeft += due[i] ? 1 : 0;
    }
  }

  List<OwnerEntry> all() {
    return Arrays.asList(entries);
  }

  boolean isDone() {
    return dueLeft == 0;
  }

  /** Notes a descriptor of the process that is walked now; false if nothing is left to find. */
  boolean met(int fd, long inode) {
    int i = Arrays.binarySearch(inodes, inode);
    if (i >= 0 && foundFds[i] < 0 && !entries[i].isProved()) {
      foundFds[i] = fd;
      dueLeft -= due[i] ? 1 : 0;
    }
    return dueLeft > 0;
  }

  /** Gives what was met since the last call to its process, or back if the process is gone. */
  void settle(ProcessBook book, int pid) {
    for (int i = 0; i < entries.length; i++) {
      if (foundFds[i] < 0) {
        continue;
      }
      OwnerEntry entry = entries[i];
      int fd = foundFds[i];
      book.process(pid).ifPresent(process -> entry.proved(process, fd));
      foundFds[i] = -1;
      dueLeft += due[i] && !entry.isProved() ? 1 : 0;
    }
  }
}
