package dev.gatehouse.watch.host.filesystem;

import dev.gatehouse.watch.procfs.KernelFiles;
import dev.gatehouse.watch.procfs.TextCursor;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import java.util.function.Predicate;

/**
 * The mounts that hold data, from {@code mountinfo} (proc_pid_mountinfo(5)), one per device.
 *
 * <p>The table of process 1 comes first, since a service's own is narrowed by its sandbox.
 */
final class MountTable {

  private static final int MAX_BYTE = 255;

  private final Path proc;
  private final KernelFiles files;

  MountTable(Path proc, KernelFiles files) {
    this.proc = proc;
    this.files = files;
  }

  /** The mounts by path, without those of which the type or the path is ignored. */
  Collection<Mount> read(Predicate<String> ignoredType, Predicate<String> ignoredPoint) {
    Set<String> types = typesWithDevice();
    TextCursor first = files.read(proc.resolve("1/mountinfo"));
    TextCursor mountinfo = first.isEmpty() ? files.read(proc.resolve("self/mountinfo")) : first;
    List<Mount> held =
        visible(mountinfo).stream()
            .filter(m -> types.contains(m.type()) && !ignoredType.test(m.type()))
            .filter(m -> !ignoredPoint.test(m.point()))
            .toList();
    return oneOfEachDevice(held);
  }

  private Set<String> typesWithDevice() {
    // has no block device of its own, but data
    Set<String> types = new HashSet<>(Set.of("zfs"));
    TextCursor filesystems = files.read(proc.resolve("filesystems"));
    while (filesystems.nextLine()) {
      if (!filesystems.accept("nodev")) {
        types.add(filesystems.word());
      }
    }
    return types;
  }

  /** A later mount on the same path hides the earlier one. */
  private static Collection<Mount> visible(TextCursor mountinfo) {
    Map<String, Mount> byPoint = new LinkedHashMap<>();
    while (mountinfo.nextLine()) {
      Mount mount = parse(mountinfo);
      if (!mount.type().isEmpty()) {
        byPoint.put(mount.point(), mount);
      }
    }
    return byPoint.values();
  }

  private static Collection<Mount> oneOfEachDevice(List<Mount> mounts) {
    Map<String, Mount> byDevice = new LinkedHashMap<>();
    BinaryOperator<Mount> better = BinaryOperator.minBy(Mount.MOST_TELLING);
    mounts.forEach(mount -> byDevice.merge(mount.device(), mount, better));
    Map<String, Mount> byPoint = new TreeMap<>();
    byDevice.values().forEach(mount -> byPoint.put(mount.point(), mount));
    return byPoint.values();
  }

  /** One line; the type is empty if the line is cut. */
  static Mount parse(TextCursor line) {
    String device = line.skip(2).word();
    String root = decoded(line.word());
    String point = decoded(line.word());
    String options = line.word();
    while (line.hasWord() && !line.accept("-")) {
      line.skip(1);
    }
    String type = decoded(line.word());
    String source = decoded(line.word());
    boolean readOnly = isReadOnly(options) || isReadOnly(line.word());
    return new Mount(device, root, point, type, source, readOnly);
  }

  private static boolean isReadOnly(String options) {
    return options.equals("ro") || options.startsWith("ro,");
  }

  /** Blanks, line ends and backslashes are written as a backslash with three octal digits. */
  private static String decoded(String word) {
    if (word.indexOf('\\') < 0) {
      return word;
    }
    byte[] bytes = word.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length);
    for (int i = 0; i < bytes.length; i++) {
      int octal = bytes[i] == '\\' ? octal(bytes, i + 1) : -1;
      out.write(octal < 0 ? bytes[i] : octal);
      i += octal < 0 ? 0 : 3;
    }
    return out.toString(StandardCharsets.UTF_8);
  }

  private static int octal(byte[] bytes, int from) {
    if (from + 3 > bytes.length) {
      return -1;
    }
    int value = 0;
    for (int i = from; i < from + 3; i++) {
      int digit = bytes[i] - '0';
      if (digit < 0 || digit > 7) {
        return -1;
      }
      value = 8 * value + digit;
    }
    return value > MAX_BYTE ? -1 : value;
  }
}
