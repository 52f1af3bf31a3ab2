package dev.gatehouse.watch.host;

import dev.gatehouse.watch.collector.Collector;
import java.time.Duration;
import java.util.List;
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
}
