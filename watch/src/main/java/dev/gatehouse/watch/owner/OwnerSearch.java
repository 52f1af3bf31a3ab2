package dev.gatehouse.watch.owner;

import dev.gatehouse.net.sockets.SocketRow;
import dev.gatehouse.watch.unit.Cgroups;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Looks for the holders of sockets: by walking over descriptors, then by inference. */
final class OwnerSearch {

  static final int MAX_GROUP_WALK = 256;
  private static final int MAX_GROUP_INFERENCE = 4096;
  private static final int INIT = 1;
  private static final int NOT_PERMITTED = -1; // EPERM
  private static final int ACCESS_REFUSED = -13; // EACCES

  private final Processes processes;
  private final Cgroups cgroups;
  private final ProcessBook book;
  private int refusedFolders;

  OwnerSearch(Processes processes, Cgroups cgroups, ProcessBook book) {
    this.processes = processes;
    this.cgroups = cgroups;
    this.book = book;
  }

  /** Processes that refused their descriptors at the last full walk. */
  int refusedFolders() {
    return refusedFolders;
  }

  /** Walks over the sockets' own groups, then over everything; whether the second was needed. */
  boolean walk(Wanted wanted, long nowNanos) {
    walkGroups(wanted, nowNanos);
    if (wanted.isDone()) {
      return false;
    }
    walkAll(wanted);
    return true;
  }

  /** Walks over Gatehouse's own descriptors only, which are always its to read. */
  boolean walkSelf(Wanted wanted) {
    refusedFolders = 0;
    walk(processes.self(), wanted);
    return false;
  }

  private void walkGroups(Wanted wanted, long nowNanos) {
    Set<String> walked = new HashSet<>();
    for (OwnerEntry entry : wanted.all()) {
      String group = entry.hasOwner() ? "" : group(entry, nowNanos);
      if (!group.isEmpty() && walked.add(group)) {
        walkGroup(group, wanted);
      }
    }
  }

  private void walkGroup(String group, Wanted wanted) {
    int[] pids = cgroups.processes(group);
    if (pids.length > MAX_GROUP_WALK) {
      return;
    }
    for (int pid : pids) {
      // init holds the sockets of services that it starts on demand: they come first
      if (pid != INIT && !wanted.isDone()) {
        walk(pid, wanted);
      }
    }
  }

  private void walkAll(Wanted wanted) {
    refusedFolders = 0;
    int[] pids = processes.pids();
    for (int pid : pids) {
      if (pid != INIT && !wanted.isDone()) {
        walk(pid, wanted);
      }
    }
    if (!wanted.isDone() && Arrays.binarySearch(pids, INIT) >= 0) {
      walk(INIT, wanted);
    }
  }

  private void walk(int pid, Wanted wanted) {
    int result = processes.walk(pid, wanted::met);
    if (result == NOT_PERMITTED || result == ACCESS_REFUSED) {
      refusedFolders++;
    }
    wanted.settle(book, pid);
  }

  /** The only name among the group's processes, if there is only one: never a guess. */
  void infer(OwnerEntry entry, long nowNanos) {
    String group = group(entry, nowNanos);
    int[] pids = group.isEmpty() ? new int[0] : cgroups.processes(group);
    if (pids.length > MAX_GROUP_INFERENCE) {
      return;
    }
    NavigableMap<String, Integer> names = lowestPidByName(Arrays.stream(pids).boxed().toList());
    if (names.size() > 1) {
      names = lowestPidByName(ofUser(pids, entry.row().uid()));
    }
    if (names.size() == 1) {
      book.process(names.firstEntry().getValue()).ifPresent(entry::inferred);
    }
  }

  /** Holds while a process of that name is in the group, so that a short-lived child is no news. */
  void confirmInferred(OwnerEntry entry, KnownProcess was, long nowNanos) {
    Optional<KnownProcess> same =
        book.process(was.pid())
            .filter(is -> was.sameProcess(is.stat()))
            .filter(is -> is.name().equals(was.name()));
    same.or(() -> namesake(entry, was, nowNanos)).ifPresentOrElse(entry::inferred, entry::lost);
  }

  private Optional<KnownProcess> namesake(OwnerEntry entry, KnownProcess was, long nowNanos) {
    return Arrays.stream(cgroups.processes(group(entry, nowNanos)))
        .filter(pid -> book.name(pid).equals(was.name()))
        .boxed()
        .findFirst()
        .flatMap(book::process);
  }

  private NavigableMap<String, Integer> lowestPidByName(List<Integer> pids) {
    NavigableMap<String, Integer> names = new TreeMap<>();
    for (int pid : pids) {
      String name = book.name(pid);
      if (!name.isEmpty()) {
        names.putIfAbsent(name, pid);
      }
    }
    return names;
  }

  private List<Integer> ofUser(int[] pids, long uid) {
    return Arrays.stream(pids).filter(pid -> processes.effectiveUid(pid) == uid).boxed().toList();
  }

  /** The group in which a socket was made; empty if unknown, or the root, which holds anything. */
  private String group(OwnerEntry entry, long nowNanos) {
    SocketRow row = entry.row();
    String path = row.cgroupId() == 0 ? "" : cgroups.path(row.cgroupId(), nowNanos);
    return path.equals("/") ? "" : path;
  }
}
