package dev.gatehouse.watch.owner;

import dev.gatehouse.kernel.time.Ticker;
import dev.gatehouse.net.sockets.SocketRow;
import dev.gatehouse.watch.exposure.Owner;
import dev.gatehouse.watch.exposure.Resolution;
import dev.gatehouse.watch.unit.Cgroups;
import dev.gatehouse.watch.unit.Placement;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Owners of sockets, remembered from scan to scan.
 *
 * <p>The kernel's table names no process, and walking over all descriptors of a host costs
 * milliseconds to seconds. So an owner once found is only confirmed: its descriptor still is the
 * socket, its process still is the same. What is unknown is looked for in the processes of the
 * socket's control group, then in all, then inferred from the group's processes; each step only for
 * what the one before left open.
 *
 * <p>All of it happens on the scan's thread. An entry is proved (process and descriptor), inferred
 * (process only), or without an owner and then due again at a time of its own; an entry that two
 * scans did not see is dropped.
 */
final class OwnerResolver implements OwnerLookup {

  static final int MAX_ENTRIES = 65_536;
  static final int MAX_CONFIRMED = 512;

  private final Processes processes;
  private final Cgroups cgroups;
  private final Ticker ticker;
  private final ProcessBook book;
  private final OwnerSearch search;
  private final WalkBudget budget = new WalkBudget();
  private final Map<SocketKey, OwnerEntry> entries = new HashMap<>();

  /** Entries with an owner, the longest unconfirmed first. */
  private final Deque<OwnerEntry> owned = new ArrayDeque<>();

  private long scan;

  OwnerResolver(Processes processes, Cgroups cgroups, Ticker ticker) {
    this.processes = processes;
    this.cgroups = cgroups;
    this.ticker = ticker;
    this.book = new ProcessBook(processes);
    this.search = new OwnerSearch(processes, cgroups, book);
  }

  @Override
  public Owners resolve(List<SocketRow> rows, OwnerSettings settings) {
    long nowNanos = ticker.nanos();
    scan++;
    book.begin(settings.units(), nowNanos);
    List<OwnerEntry> seen = rows.stream().map(this::entry).toList();
    confirm(settings, nowNanos);
    Walks walks = find(seen, settings, nowNanos);
    List<Owner> owners = seen.stream().map(OwnerEntry::owner).toList();
    entries.values().removeIf(entry -> !entry.wasSeen(scan) && !entry.wasSeen(scan - 1));
    return new Owners(owners, search.refusedFolders(), walks.full(), walks.nanos());
  }

  /** What looking for owners took in one scan. */
  private record Walks(int full, long nanos) {}

  private OwnerEntry entry(SocketRow row) {
    if (row.inode() == 0) {
      return OwnerEntry.withoutFile(row);
    }
    SocketKey key = SocketKey.of(row);
    OwnerEntry entry = entries.get(key);
    if (entry == null) {
      entry = new OwnerEntry(row);
      if (entries.size() < MAX_ENTRIES) {
        entries.put(key, entry);
      }
    }
    entry.seen(scan);
    return entry;
  }

  private void confirm(OwnerSettings settings, long nowNanos) {
    int confirmed = 0;
    for (int left = owned.size(); left > 0 && confirmed < MAX_CONFIRMED; left--) {
      OwnerEntry entry = owned.remove();
      entry.queued(false);
      if (entry.wasSeen(scan)) {
        confirmed++;
        confirm(entry, settings, nowNanos);
      }
      if (entry.wasSeen(scan) || entry.wasSeen(scan - 1)) {
        queue(entry);
      }
    }
  }

  private void queue(OwnerEntry entry) {
    if (entry.hasOwner() && !entry.queued(true)) {
      owned.add(entry);
    }
  }

  private void confirm(OwnerEntry entry, OwnerSettings settings, long nowNanos) {
    KnownProcess was = entry.owningProcess();
    boolean allowed = settings.owners() || was.pid() == processes.self();
    if (allowed && entry.isProved()) {
      confirmProved(entry, was);
    } else if (allowed) {
      search.confirmInferred(entry, was, nowNanos);
    } else {
      entry.lost();
    }
  }

  private void confirmProved(OwnerEntry entry, KnownProcess was) {
    boolean held = processes.inodeOf(was.pid(), entry.fd()) == entry.row().inode();
    book.process(was.pid())
        .filter(is -> held && was.sameProcess(is.stat()))
        .ifPresentOrElse(is -> entry.proved(is, entry.fd()), entry::lost);
  }

  private Walks find(List<OwnerEntry> seen, OwnerSettings settings, long nowNanos) {
    List<OwnerEntry> due = seen.stream().filter(entry -> entry.isDue(nowNanos)).toList();
    if (due.isEmpty()) {
      return new Walks(0, 0);
    }
    if (settings.owners() && !budget.allows(nowNanos)) {
      due.forEach(entry -> entry.waiting(nobody(entry, Resolution.PENDING, settings, nowNanos)));
      return new Walks(0, 0);
    }
    Wanted wanted = new Wanted(due, undecided(seen));
    boolean full = settings.owners() ? search.walk(wanted, nowNanos) : search.walkSelf(wanted);
    long tookNanos = ticker.nanos() - nowNanos;
    budget.spent(tookNanos, settings.walkBudget(), ticker.nanos());
    settle(wanted.all(), due, settings, nowNanos);
    return new Walks(full ? 1 : 0, tookNanos);
  }

  /** Entries that a walk made for others may resolve too. */
  private static List<OwnerEntry> undecided(List<OwnerEntry> seen) {
    return seen.stream().filter(entry -> !entry.isProved() && entry.row().inode() != 0).toList();
  }

  private void settle(
      List<OwnerEntry> wanted, List<OwnerEntry> due, OwnerSettings settings, long nowNanos) {
    for (OwnerEntry entry : due) {
      if (!entry.hasOwner() && settings.owners()) {
        search.infer(entry, nowNanos);
      }
      if (!entry.hasOwner()) {
        entry.notFound(nobody(entry, reason(settings), settings, nowNanos), nowNanos);
      }
    }
    wanted.forEach(this::queue);
  }

  private Resolution reason(OwnerSettings settings) {
    if (!settings.owners()) {
      return Resolution.OFF;
    }
    return search.refusedFolders() > 0 ? Resolution.HIDDEN : Resolution.KERNEL;
  }

  /** Without a process the group in which the socket was made still tells the unit. */
  private Owner nobody(OwnerEntry entry, Resolution reason, OwnerSettings settings, long nowNanos) {
    if (!settings.units()) {
      return Owner.unknown(reason);
    }
    Placement placement = Placement.of(cgroups.path(entry.row().cgroupId(), nowNanos));
    return new Owner(reason, "", -1, -1, placement.unit(), placement.container(), "");
  }
}
