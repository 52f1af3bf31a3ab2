package dev.gatehouse.watch.unit;

import java.nio.file.Path;

/** The tree of control groups of this host. */
public interface Cgroups {

  /** The path of the group with this id, beginning with a slash; empty if it is not known. */
  String path(long id, long nowNanos);

  /** The processes of a group, ascending; none if the group is gone. */
  int[] processes(String path);

  /** The tree that the mount table of the given {@code /proc} names; without one, nothing. */
  static Cgroups of(Path proc) {
    return CgroupTree.mountedBy(proc);
  }
}
