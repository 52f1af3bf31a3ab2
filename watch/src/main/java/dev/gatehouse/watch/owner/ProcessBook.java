package dev.gatehouse.watch.owner;

import dev.gatehouse.watch.process.ProcessStat;
import dev.gatehouse.watch.unit.Placement;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * What is known of processes: in each scan {@code stat} is read once per pid, and the rest only for
 * a process that is new, runs another program, or was read a minute ago (it may have changed its
 * user or its control group).
 *
 * <p>That a process is gone is remembered for the scan too.
 */
final class ProcessBook {

  static final long REREAD_NANOS = TimeUnit.MINUTES.toNanos(1);

  private final Processes processes;
  private Map<Integer, KnownProcess> known = new HashMap<>();
  private Map<Integer, Optional<KnownProcess>> asked = new HashMap<>();
  private Map<Integer, Optional<ProcessStat>> stats = new HashMap<>();
  private boolean units;
  private long nowNanos;

  ProcessBook(Processes processes) {
    this.processes = processes;
  }

  /** Begins a scan: what nobody asked for in the last one is forgotten. */
  void begin(boolean withUnits, long now) {
    Map<Integer, KnownProcess> kept = new HashMap<>();
    if (units == withUnits) {
      asked.forEach((pid, process) -> process.ifPresent(present -> kept.put(pid, present)));
    }
    known = kept;
    asked = new HashMap<>();
    stats = new HashMap<>();
    units = withUnits;
    nowNanos = now;
  }

  /** The process of a pid; empty if it is gone. */
  Optional<KnownProcess> process(int pid) {
    return asked.computeIfAbsent(pid, this::read);
  }

  /** Only the name, for processes that own nothing yet. */
  String name(int pid) {
    return stat(pid).map(stat -> processes.name(pid, stat)).orElse("");
  }

  private Optional<ProcessStat> stat(int pid) {
    return stats.computeIfAbsent(pid, processes::stat);
  }

  private Optional<KnownProcess> read(int pid) {
    return stat(pid)
        .map(
            stat -> {
              KnownProcess before = known.get(pid);
              return before != null && stillTrue(before, stat) ? before : details(pid, stat);
            });
  }

  private boolean stillTrue(KnownProcess before, ProcessStat stat) {
    return before.isStill(stat) && nowNanos - before.readNanos() < REREAD_NANOS;
  }

  private KnownProcess details(int pid, ProcessStat stat) {
    Placement placement = units ? Placement.of(processes.cgroup(pid)) : Placement.NONE;
    return new KnownProcess(
        pid,
        stat,
        processes.name(pid, stat),
        processes.effectiveUid(pid),
        placement,
        processes.exe(pid),
        nowNanos);
  }
}
