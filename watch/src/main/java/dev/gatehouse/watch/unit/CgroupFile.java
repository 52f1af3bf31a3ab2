package dev.gatehouse.watch.unit;

/** Reads {@code /proc/<pid>/cgroup}. */
public final class CgroupFile {

  private CgroupFile() {}

  /**
   * The path in the unified tree, or in systemd's own tree on hosts that still have both, where the
   * unified one may hold nothing but the root. Empty if the text has neither.
   */
  public static String path(String text) {
    String unified = "";
    String systemd = "";
    for (String line : text.split("\n", -1)) {
      if (line.startsWith("0::")) {
        unified = line.substring("0::".length());
      } else if (line.contains(":name=systemd:")) {
        systemd = line.substring(line.indexOf(":name=systemd:") + ":name=systemd:".length());
      }
    }
    boolean useSystemd = unified.isEmpty() || (unified.equals("/") && !systemd.isEmpty());
    return withoutLeadingParents(useSystemd ? systemd : unified);
  }

  /** Seen from a namespace further down, a path begins with steps upwards. */
  private static String withoutLeadingParents(String path) {
    String rest = path;
    while (rest.startsWith("/../") || rest.equals("/..")) {
      rest = rest.substring("/..".length());
    }
    return path.isEmpty() || !rest.isEmpty() ? rest : "/";
  }
}
