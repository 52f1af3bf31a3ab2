package dev.gatehouse.watch.namespace;

import dev.gatehouse.watch.unit.CgroupFile;
import dev.gatehouse.watch.unit.Placement;
import dev.gatehouse.watch.unit.Printable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a namespace is called: its container, else its name, else its number, else a process. */
final class NamespaceLabels {

  private static final Pattern LINK = Pattern.compile("net:\\[([0-9]{1,18})]");
  private static final int MAX_LABEL = 128;

  private final Path proc;
  private final Path named;

  /** Names are the files of a folder, {@code /run/netns} as ip-netns(8) has it. */
  NamespaceLabels(Path proc, Path named) {
    this.proc = proc;
    this.named = named;
  }

  String label(int pid) {
    String container = container(pid);
    if (!container.isEmpty()) {
      return container;
    }
    return link(pid)
        .map(number -> name(number).orElse("net:[" + number + "]"))
        .orElse("pid:" + pid);
  }

  private String container(int pid) {
    try {
      String cgroup = Files.readString(proc.resolve(pid + "/cgroup"), StandardCharsets.UTF_8);
      return Placement.of(CgroupFile.path(cgroup)).container();
    } catch (IOException _) {
      return "";
    }
  }

  private Optional<Long> link(int pid) {
    try {
      String target = Files.readSymbolicLink(proc.resolve(pid + "/ns/net")).toString();
      Matcher link = LINK.matcher(target);
      return link.matches() ? Optional.of(Long.valueOf(link.group(1))) : Optional.empty();
    } catch (IOException _) {
      return Optional.empty();
    }
  }

  private Optional<String> name(long number) {
    try (DirectoryStream<Path> names = Files.newDirectoryStream(named)) {
      for (Path name : names) {
        if (Files.getAttribute(name, "unix:ino").equals(number)) {
          return Optional.of(Printable.of(name.getFileName().toString(), MAX_LABEL));
        }
      }
    } catch (IOException | DirectoryIteratorException _) {
      // no namespace has a name here
    }
    return Optional.empty();
  }
}
