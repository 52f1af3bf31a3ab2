package dev.gatehouse.watch.owner;

import dev.gatehouse.watch.exposure.Owner;
import dev.gatehouse.watch.exposure.Resolution;
import dev.gatehouse.watch.process.ProcessStat;
import dev.gatehouse.watch.unit.Placement;

/** A process as an owner is shown: read once, and again when it may have changed. */
record KnownProcess(
    int pid,
    ProcessStat stat,
    String name,
    long uid,
    Placement placement,
    String exe,
    long readNanos) {

  /** Whether a state read now is that of the same process, still running the same program. */
  boolean isStill(ProcessStat now) {
    return sameProcess(now) && stat.comm().equals(now.comm());
  }

  /** Whether the pid was not given to another process since. */
  boolean sameProcess(ProcessStat now) {
    return stat.startTicks() == now.startTicks();
  }

  Owner as(Resolution resolution) {
    return new Owner(resolution, name, pid, uid, placement.unit(), placement.container(), exe);
  }
}
