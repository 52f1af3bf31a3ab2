package dev.gatehouse.watch;

import dev.gatehouse.config.Section;
import dev.gatehouse.watch.drift.ExpectedListener;
import java.time.Duration;
import java.util.List;

/**
 * What the operator wants of the watch; the keys of the section {@code watch}, but for those of the
 * host's collectors.
 *
 * @param maxListeningSeries the cap of each metric of sockets
 * @param owners whether processes are named
 * @param ownerWalkBudget the share of one core for walks over descriptors
 * @param units whether units and containers are told
 * @param udpEphemeralSettle how old a UDP socket on a client's port must be to count; zero for any
 * @param scanInterval of the listener scan; zero for only when asked
 * @param snapshotMaxAge how old a snapshot may be that a reader is given without a scan
 * @param scanTimeout the longest wait of a reader
 * @param info whether the detail of each listener is a series
 * @param judgeLoopback whether listeners on loopback need an entry too
 */
public record WatchConfig(
    int maxListeningSeries,
    boolean owners,
    double ownerWalkBudget,
    boolean units,
    boolean udp,
    Duration udpEphemeralSettle,
    boolean connections,
    Duration connectionsInterval,
    Duration scanInterval,
    Duration snapshotMaxAge,
    Duration scanTimeout,
    SocketSourceChoice socketSource,
    boolean info,
    NamespaceChoice namespaces,
    Duration namespacesInterval,
    int maxNamespaces,
    boolean judgeLoopback,
    List<ExpectedListener> expected,
    LogScope logListeners) {

  public WatchConfig {
    expected = List.copyOf(expected);
  }

  /** Reads the section; every key is asked for, so that all mistakes are told at once. */
  @SuppressWarnings("checkstyle:MethodLength") // the table of keys, top to bottom
  public static WatchConfig read(Section section) {
    return new WatchConfig(
        section
            .integer("max_listening_series", "Series cap per metric of sockets.")
            .range(1, 65_536)
            .orElse(256),
        section.flag("owners", "Resolve the names of processes.").orElse(true),
        section
            .decimal("owner_walk_budget", "Share of one core for walks over descriptors.")
            .range(0.001, 1)
            .orElse(0.02),
        section.flag("units", "Resolve units and containers.").orElse(true),
        section.flag("udp", "Watch UDP listeners.").orElse(true),
        udpSettle(section),
        section.flag("connections", "Count TCP connections.").orElse(true),
        seconds(section, "connections_interval", "Time between counts of connections.", 5, 600, 15),
        scanInterval(section),
        seconds(section, "snapshot_max_age", "Age up to which a reader reuses a scan.", 0, 60, 1),
        seconds(section, "scan_timeout", "Longest wait of a reader for a scan.", 1, 60, 5),
        socketSource(section),
        section.flag("info", "One series with the detail of each listener.").orElse(true),
        namespaces(section),
        seconds(section, "namespaces_interval", "Time between looks at namespaces.", 10, 3600, 60),
        section
            .integer("max_namespaces", "Most namespaces that are looked at.")
            .range(1, 1024)
            .orElse(64),
        section.flag("judge_loopback", "Listeners on loopback need an entry too.").orElse(false),
        ExpectedEntries.read(section),
        logListeners(section));
  }

  private static Duration udpSettle(Section section) {
    return section
        .duration("udp_ephemeral_settle", "Age at which a UDP socket on a client port counts.")
        .range(Duration.ZERO, Duration.ofMinutes(10))
        .orElse(Duration.ZERO);
  }

  private static Duration scanInterval(Section section) {
    return section
        .duration("scan_interval", "Time between scans of listeners; 0s for only when asked.")
        .range(Duration.ofSeconds(1), Duration.ofMinutes(10))
        .orZero()
        .orElse(Duration.ofSeconds(10));
  }

  private static SocketSourceChoice socketSource(Section section) {
    return section
        .choice(
            "socket_source",
            "Where socket tables are read from.",
            SocketSourceChoice.class,
            SocketSourceChoice::label)
        .orElse(SocketSourceChoice.AUTO);
  }

  private static NamespaceChoice namespaces(Section section) {
    return section
        .choice(
            "namespaces",
            "Network namespaces to look at.",
            NamespaceChoice.class,
            NamespaceChoice::label)
        .orElse(NamespaceChoice.OWN);
  }

  private static LogScope logListeners(Section section) {
    return section
        .choice(
            "log_listeners",
            "Narrowest scope whose changes are logged.",
            LogScope.class,
            LogScope::label)
        .orElse(LogScope.PRIVATE);
  }

  private static Duration seconds(
      Section section, String key, String description, int from, int to, int usual) {
    return section
        .duration(key, description)
        .range(Duration.ofSeconds(from), Duration.ofSeconds(to))
        .orElse(Duration.ofSeconds(usual));
  }
}
