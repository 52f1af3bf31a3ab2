package dev.gatehouse.watch.host.process;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Adds up processes by group so that no counter falls; for one thread.
 *
 * <p>Of each process, known by pid and start time, the last values are kept and only increases are
 * added to its group, so the end of a member takes nothing away.
 *
 * <p>At most a given number of groups is shown by name, the heaviest first. Who is shown stays so
 * until it has had no process for a while: its place is then free for the heaviest hidden group.
 * The increases of the hidden ones go to {@link #OTHER}, and stay there when one comes to be shown.
 */
final class GroupBook {

  /** The group of all that are not shown; a process of that name can never be. */
  static final String OTHER = "~other";

  /** For how long a shown group without processes is shown. */
  static final Duration KEEP_EMPTY = Duration.ofMinutes(10);

  private record ProcessKey(int pid, long startTicks) {}

  private final Comparator<ProcessGroup> heaviestFirst;
  private final Map<ProcessKey, Usage> last = new HashMap<>();
  private final Set<ProcessKey> seen = new HashSet<>();
  private final Map<String, ProcessGroup> groups = new HashMap<>();
  private GroupTotals other = GroupTotals.none(OTHER);
  private boolean otherShown;

  GroupBook(long ticksPerSecond) {
    heaviestFirst =
        Comparator.<ProcessGroup>comparingDouble(group -> -group.weight(ticksPerSecond))
            .thenComparing(group -> group.totals().name());
  }

  void beginPass() {
    seen.clear();
    groups.values().forEach(ProcessGroup::beginPass);
  }

  void add(ProcessSample sample) {
    ProcessKey key = new ProcessKey(sample.pid(), sample.startTicks());
    Usage before = last.getOrDefault(key, Usage.NONE);
    Usage now = before.max(sample.usage());
    last.put(key, now);
    seen.add(key);
    groups.computeIfAbsent(sample.group(), ProcessGroup::new).add(sample, now.minus(before));
  }

  /** Ends the pass; the groups to show, the heaviest first and {@link #OTHER} last. */
  List<GroupTotals> endPass(long nowNanos, int maxShown) {
    last.keySet().retainAll(seen);
    groups.values().forEach(group -> group.endPass(nowNanos));
    groups.values().removeIf(group -> isOver(group, nowNanos));
    List<ProcessGroup> ranked = new ArrayList<>(groups.values());
    ranked.sort(heaviestFirst);
    choose(ranked, maxShown);
    return totals(ranked);
  }

  private static boolean isOver(ProcessGroup group, long nowNanos) {
    return group.isEmpty()
        && (!group.isShown() || group.emptyNanos(nowNanos) >= KEEP_EMPTY.toNanos());
  }

  /** Those shown keep their places while there are enough; free places go by weight. */
  private static void choose(List<ProcessGroup> ranked, int maxShown) {
    int places = maxShown;
    for (ProcessGroup group : ranked) {
      if (group.isShown()) {
        group.show(places > 0);
        places--;
      }
    }
    for (ProcessGroup group : ranked) {
      if (places > 0 && !group.isShown() && !group.totals().name().equals(OTHER)) {
        group.show(true);
        places--;
      }
    }
  }

  private List<GroupTotals> totals(List<ProcessGroup> ranked) {
    List<GroupTotals> result = new ArrayList<>();
    other = other.emptied();
    for (ProcessGroup group : ranked) {
      if (group.isShown()) {
        result.add(group.totals());
      } else {
        other = other.plus(group.totals(), group.increase());
        otherShown = true;
      }
    }
    if (otherShown) {
      result.add(other);
    }
    return List.copyOf(result);
  }
}
