package dev.gatehouse.watch.scan;

import dev.gatehouse.watch.unit.CgroupFile;
import dev.gatehouse.watch.unit.Placement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Pattern;

/** Signs that containers are at work: this process in one, or an engine's interfaces. */
final class ContainerSigns {

  private static final Pattern ENGINE = Pattern.compile("docker0|podman.*|cni.*|br-.*");

  private ContainerSigns() {}

  static boolean inContainer(Path root) {
    return Files.exists(root.resolve(".dockerenv"))
        || Files.exists(root.resolve("run/.containerenv"))
        || !ownContainer(root.resolve("proc/self/cgroup")).isEmpty();
  }

  private static String ownContainer(Path cgroup) {
    try {
      return Placement.of(CgroupFile.path(Files.readString(cgroup))).container();
    } catch (IOException _) {
      return "";
    }
  }

  /** Ports that such an engine publishes may be redirected by the kernel, without any listener. */
  static boolean engineInterfaces(Path interfaces) {
    String[] names = interfaces.toFile().list();
    return names != null && Arrays.stream(names).anyMatch(n -> ENGINE.matcher(n).matches());
  }
}
