package dev.gatehouse.watch.host;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;

import dev.gatehouse.config.Section;
import dev.gatehouse.watch.collector.Collector;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The configuration of the host collectors, {@code watch.host}.
 *
 * @param collectors those that run
 * @param processInterval between two passes over all processes
 * @param maxProcessGroups groups shown by name; the others are summed
 * @param filesystemTimeout after which a file system that does not answer is stuck
 * @param ignoreInterfaces patterns of names
 * @param ignoreDevices patterns of names
 * @param ignoreFilesystems types
 * @param ignoreMounts patterns of paths
 */
public record HostConfig(
    Set<Collector> collectors,
    Duration processInterval,
    int maxProcessGroups,
    Duration filesystemTimeout,
    List<String> ignoreInterfaces,
    List<String> ignoreDevices,
    List<String> ignoreFilesystems,
    List<String> ignoreMounts) {

  /** The collectors there are for the host. */
  static final List<Collector> ALL =
      List.of(
          Collector.SYSTEM,
          Collector.PRESSURE,
          Collector.DISK,
          Collector.FILESYSTEM,
          Collector.NETWORK,
          Collector.PROCESS,
          Collector.SOCKSTAT,
          Collector.SNMP,
          Collector.CONNTRACK);

  private static final Map<String, Collector> LABELS =
      ALL.stream().collect(toMap(Collector::label, identity(), (a, b) -> a, LinkedHashMap::new));

  private static final HostConfig DEFAULTS =
      new HostConfig(
          Set.copyOf(ALL),
          Duration.ofSeconds(15),
          100,
          Duration.ofSeconds(5),
          List.of("veth*"),
          List.of("loop*", "ram*", "zram*", "fd*", "sr*"),
          // always full by nature
          List.of("squashfs", "iso9660"),
          List.of());

  public HostConfig {
    collectors = Set.copyOf(collectors);
    ignoreInterfaces = List.copyOf(ignoreInterfaces);
    ignoreDevices = List.copyOf(ignoreDevices);
    ignoreFilesystems = List.copyOf(ignoreFilesystems);
    ignoreMounts = List.copyOf(ignoreMounts);
  }

  /** What holds where nothing is configured. */
  public static HostConfig defaults() {
    return DEFAULTS;
  }

  /** Reads the table {@code watch.host}. */
  public static HostConfig read(Section section) {
    return new HostConfig(
        Set.copyOf(
            section
                .values(
                    "collectors",
                    "What is measured on the host.",
                    "one of " + String.join(", ", LABELS.keySet()),
                    label -> Optional.ofNullable(LABELS.get(label)))
                .orElse(ALL)),
        section
            .duration("process_interval", "Time between two looks at all processes.")
            .range(Duration.ofSeconds(5), Duration.ofMinutes(10))
            .orElse(DEFAULTS.processInterval),
        section
            .integer("max_process_groups", "Groups of processes shown by name, others are summed.")
            .range(1, 10_000)
            .orElse(DEFAULTS.maxProcessGroups),
        section
            .duration("filesystem_timeout", "Time until a silent file system counts as stuck.")
            .range(Duration.ofSeconds(1), Duration.ofMinutes(1))
            .orElse(DEFAULTS.filesystemTimeout),
        section
            .strings("ignore_interfaces", "Patterns of interfaces that are left out.")
            .orElse(DEFAULTS.ignoreInterfaces),
        section
            .strings("ignore_devices", "Patterns of disks that are left out.")
            .orElse(DEFAULTS.ignoreDevices),
        section
            .strings("ignore_filesystems", "Types of file systems that are left out.")
            .orElse(DEFAULTS.ignoreFilesystems),
        section
            .strings("ignore_mounts", "Patterns of mount points that are left out.")
            .orElse(DEFAULTS.ignoreMounts));
  }
}
