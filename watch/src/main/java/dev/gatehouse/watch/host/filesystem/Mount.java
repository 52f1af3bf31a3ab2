package dev.gatehouse.watch.host.filesystem;

import java.util.Comparator;

/**
 * A mounted file system.
 *
 * @param device major and minor number
 * @param root the path inside the file system that is mounted
 */
record Mount(
    String device, String root, String point, String type, String source, boolean readOnly) {

  /** Which of several mounts of one device stands for it: whole before part, short before long. */
  static final Comparator<Mount> MOST_TELLING =
      Comparator.<Mount, Boolean>comparing(mount -> !mount.root.equals("/"))
          .thenComparingInt(mount -> mount.point.length())
          .thenComparing(Mount::point);
}
