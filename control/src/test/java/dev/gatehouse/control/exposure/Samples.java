package dev.gatehouse.control.exposure;

import dev.gatehouse.kernel.address.AddressFamily;
import dev.gatehouse.kernel.address.IpAddress;
import dev.gatehouse.net.sockets.Protocol;
import dev.gatehouse.net.sockets.SocketSource;
import dev.gatehouse.net.sockets.V6Only;
import dev.gatehouse.watch.exposure.Binding;
import dev.gatehouse.watch.exposure.Drift;
import dev.gatehouse.watch.exposure.DriftKind;
import dev.gatehouse.watch.exposure.ExposureSnapshot;
import dev.gatehouse.watch.exposure.Listener;
import dev.gatehouse.watch.exposure.Owner;
import dev.gatehouse.watch.exposure.Queues;
import dev.gatehouse.watch.exposure.Resolution;
import dev.gatehouse.watch.exposure.SourceUse;
import dev.gatehouse.watch.exposure.Verdict;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Listeners and snapshots for tests. */
final class Samples {

  static final Instant NOON = Instant.parse("2026-05-13T12:00:00.123Z");

  private Samples() {}

  static Listener listener(String address, int port) {
    return listener(Binding.OWN_NETNS, address, port);
  }

  static Listener listener(String netns, String address, int port) {
    IpAddress ip = IpAddress.parse(address).orElseThrow();
    return new Listener(
        new Binding(netns, Protocol.TCP, ip.family(), ip, "", port, V6Only.UNKNOWN),
        new Owner(Resolution.FD, "sshd", 812, 0, "ssh.service", "", "/usr/sbin/sshd"),
        0,
        "root",
        1,
        false,
        new Queues(0, 128, -1),
        Verdict.UNEXPECTED,
        "",
        "");
  }

  static Drift unexpected(Listener listener) {
    return new Drift(DriftKind.UNEXPECTED, Optional.of(listener), "", NOON, "stop it");
  }

  static Drift missing() {
    return new Drift(DriftKind.MISSING, Optional.empty(), "{ port = 25 }", NOON, "start it");
  }

  static ExposureSnapshot snapshot(long takenNanos, Listener... listeners) {
    return snapshot(takenNanos, List.of(), listeners);
  }

  static ExposureSnapshot snapshot(long takenNanos, List<Drift> drift, Listener... listeners) {
    return new ExposureSnapshot(
        NOON,
        takenNanos,
        List.of(new SourceUse(Protocol.TCP, AddressFamily.IPV4, SocketSource.NETLINK, "")),
        List.of(listeners),
        drift,
        List.of("a warning"),
        7,
        true);
  }
}
