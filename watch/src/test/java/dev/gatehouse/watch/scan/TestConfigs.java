package dev.gatehouse.watch.scan;

import dev.gatehouse.watch.LogScope;
import dev.gatehouse.watch.NamespaceChoice;
import dev.gatehouse.watch.SocketSourceChoice;
import dev.gatehouse.watch.WatchConfig;
import dev.gatehouse.watch.drift.ExpectedListener;
import java.time.Duration;
import java.util.List;

/** Configurations that differ from the defaults in what a test is about. */
final class TestConfigs {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private TestConfigs() {}

  static WatchConfig defaults() {
    return config(true, true, PATIENCE, NamespaceChoice.OWN, List.of());
  }

  static WatchConfig withoutConnections() {
    return config(true, false, PATIENCE, NamespaceChoice.OWN, List.of());
  }

  static WatchConfig tcpOnly() {
    return config(false, true, PATIENCE, NamespaceChoice.OWN, List.of());
  }

  static WatchConfig patience(Duration patience) {
    return config(true, true, patience, NamespaceChoice.OWN, List.of());
  }

  static WatchConfig namespaces(NamespaceChoice namespaces) {
    return config(true, true, PATIENCE, namespaces, List.of());
  }

  static WatchConfig expecting(List<ExpectedListener> expected) {
    return config(true, true, PATIENCE, NamespaceChoice.OWN, expected);
  }

  static WatchConfig source(SocketSourceChoice source) {
    return config(true, true, PATIENCE, NamespaceChoice.OWN, List.of(), source);
  }

  private static WatchConfig config(
      boolean udp,
      boolean connections,
      Duration patience,
      NamespaceChoice namespaces,
      List<ExpectedListener> expected) {
    return config(udp, connections, patience, namespaces, expected, SocketSourceChoice.AUTO);
  }

  private static WatchConfig config(
      boolean udp,
      boolean connections,
      Duration patience,
      NamespaceChoice namespaces,
      List<ExpectedListener> expected,
      SocketSourceChoice source) {
    return new WatchConfig(
        256,
        true,
        0.02,
        true,
        udp,
        Duration.ZERO,
        connections,
        Duration.ofSeconds(15),
        Duration.ofSeconds(10),
        Duration.ofSeconds(1),
        patience,
        source,
        true,
        namespaces,
        Duration.ofSeconds(60),
        64,
        false,
        expected,
        LogScope.PRIVATE);
  }
}
