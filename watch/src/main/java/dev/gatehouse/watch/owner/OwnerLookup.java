package dev.gatehouse.watch.owner;

import dev.gatehouse.kernel.time.Ticker;
import dev.gatehouse.net.sockets.SocketRow;
import dev.gatehouse.watch.exposure.Owner;
import dev.gatehouse.watch.unit.Cgroups;
import java.nio.file.Path;
import java.util.List;

/** Finds the owners of listening sockets. */
@FunctionalInterface
public interface OwnerLookup {

  /**
   * The owners found in one scan.
   *
   * @param owners in the order of the rows
   * @param refusedFolders processes whose descriptors could not be read, at the last full walk
   * @param fullWalks walks over the descriptors of all processes
   * @param walkNanos time that walks took
   */
  record Owners(List<Owner> owners, int refusedFolders, int fullWalks, long walkNanos) {

    public Owners {
      owners = List.copyOf(owners);
    }
  }

  /** Looks up the owner of each row; called once per scan, by one thread. */
  Owners resolve(List<SocketRow> rows, OwnerSettings settings);

  /** A lookup in the processes and control groups of this host. */
  static OwnerLookup ofHost(Path proc, Ticker ticker) {
    return new OwnerResolver(
        new ProcProcesses(proc, Descriptors.of(proc)), Cgroups.of(proc), ticker);
  }
}
