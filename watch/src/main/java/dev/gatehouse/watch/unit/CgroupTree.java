package dev.gatehouse.watch.unit;

import dev.gatehouse.watch.process.ProcessIds;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * The mounted cgroup v2 tree: the id of a group is the inode number of its folder.
 *
 * <p>The index from id to path is built by walking the folders, again when an id appears that it
 * does not know. An id that a walk did not find is remembered, so that a socket of a group that is
 * gone does not cause a walk at every scan.
 */
final class CgroupTree implements Cgroups {

  static final int MAX_FOLDERS = 20_000;
  static final long REFRESH_NANOS = TimeUnit.SECONDS.toNanos(10);
  private static final int MAX_UNKNOWN = 65_536;

  private final Optional<Path> root;
  private final int maxFolders;
  private final Set<Long> unknown = new HashSet<>();
  private Map<Long, String> paths = Map.of();
  private boolean walked;
  private long walkedNanos;

  CgroupTree(Optional<Path> root, int maxFolders) {
    this.root = root;
    this.maxFolders = maxFolders;
  }

  static CgroupTree mountedBy(Path proc) {
    Optional<Path> mount = Optional.empty();
    try {
      mount = mountPoint(Files.readString(proc.resolve("self/mountinfo"))).map(Path::of);
    } catch (IOException | UncheckedIOException _) {
      // without a mount table there are no groups by id; those of processes still work
    }
    return new CgroupTree(mount, MAX_FOLDERS);
  }

  /** The folder where the unified tree is mounted, by the lines of {@code mountinfo}. */
  static Optional<String> mountPoint(String mountinfo) {
    return mountinfo
        .lines()
        .filter(line -> line.contains(" - cgroup2 "))
        .map(line -> line.split(" ", -1))
        .filter(fields -> fields.length > 4)
        .map(fields -> fields[4])
        .findFirst();
  }

  @Override
  public String path(long id, long nowNanos) {
    String path = paths.get(id);
    if (path != null) {
      return path;
    }
    if (id == 0 || unknown.contains(id) || !mayWalk(nowNanos)) {
      return "";
    }
    walk(nowNanos);
    String found = paths.getOrDefault(id, "");
    if (found.isEmpty() && unknown.size() < MAX_UNKNOWN) {
      unknown.add(id);
    }
    return found;
  }

  private boolean mayWalk(long nowNanos) {
    return root.isPresent() && (!walked || nowNanos - walkedNanos >= REFRESH_NANOS);
  }

  private void walk(long nowNanos) {
    walked = true;
    walkedNanos = nowNanos;
    Map<Long, String> found = new HashMap<>();
    Deque<Path> pending = new ArrayDeque<>();
    Path top = root.orElseThrow();
    pending.add(top);
    while (!pending.isEmpty() && found.size() < maxFolders) {
      Path folder = pending.poll();
      found.put(inode(folder), "/" + top.relativize(folder));
      addFolders(folder, pending);
    }
    paths = found;
  }

  private static long inode(Path folder) {
    try {
      return (Long) Files.getAttribute(folder, "unix:ino");
    } catch (IOException _) {
      return 0;
    }
  }

  private static void addFolders(Path folder, Deque<Path> pending) {
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, CgroupTree::isFolder)) {
      entries.forEach(pending::add);
    } catch (IOException | DirectoryIteratorException _) {
      // a group that ended while it was read has no groups below it
    }
  }

  private static boolean isFolder(Path path) {
    return Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
  }

  @Override
  public int[] processes(String path) {
    try {
      Path file = root.orElse(Path.of("/nonexistent")).resolve(path.substring(1) + "/cgroup.procs");
      String text = Files.readString(file.normalize(), StandardCharsets.US_ASCII);
      return text.lines().mapToInt(ProcessIds::parse).filter(pid -> pid > 0).sorted().toArray();
    } catch (IOException | StringIndexOutOfBoundsException _) {
      return new int[0];
    }
  }
}
