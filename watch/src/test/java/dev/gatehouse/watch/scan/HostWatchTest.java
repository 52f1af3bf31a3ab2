package dev.gatehouse.watch.scan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.kernel.address.AddressFamily;
import dev.gatehouse.kernel.address.AddressScope;
import dev.gatehouse.kernel.address.IpAddress;
import dev.gatehouse.kernel.lifecycle.Part;
import dev.gatehouse.kernel.metric.EventCounters;
import dev.gatehouse.kernel.metric.Metric;
import dev.gatehouse.kernel.time.Ticker;
import dev.gatehouse.net.sockets.Protocol;
import dev.gatehouse.testkit.PartContract;
import dev.gatehouse.watch.Samples;
import dev.gatehouse.watch.SocketSourceChoice;
import dev.gatehouse.watch.WatchConfig;
import dev.gatehouse.watch.drift.IntendedListener;
import dev.gatehouse.watch.exposure.Binding;
import dev.gatehouse.watch.exposure.ConnectionCounts;
import dev.gatehouse.watch.exposure.Direction;
import dev.gatehouse.watch.exposure.ExposureSnapshot;
import dev.gatehouse.watch.exposure.Listener;
import dev.gatehouse.watch.exposure.Resolution;
import dev.gatehouse.watch.exposure.Verdict;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The watch over the real tables of the host that runs the test. */
@EnabledOnOs(OS.LINUX)
class HostWatchTest extends PartContract {

  /** The kernel's name for this JVM. */
  private static final String OWN_NAME = ownName();

  private static final int SELF = (int) ProcessHandle.current().pid();
  private static final Inet4Address LOOPBACK4 = Inet4Address.ofLiteral("127.0.0.1");
  private static final Inet4Address SECOND4 = Inet4Address.ofLiteral("127.0.0.2");
  private static final InetAddress LOOPBACK6 = Inet6Address.ofLiteral("::1");

  private Set<IntendedListener> intended = Set.of();

  @Override
  protected Part newPart() {
    return watch(TestConfigs.defaults());
  }

  private Watch watch(WatchConfig config) {
    return Watch.ofHost(config, Ticker.system(), new EventCounters(), () -> intended);
  }

  private static ServerSocket listen(InetAddress address) throws IOException {
    return new ServerSocket(0, 7, address);
  }

  private static Optional<Listener> find(
      ExposureSnapshot snapshot, Protocol protocol, String address, int port) {
    return snapshot.listeners().stream()
        .filter(listener -> listener.binding().isOwnNetns())
        .filter(listener -> listener.binding().protocol() == protocol)
        .filter(listener -> listener.binding().port() == port)
        .filter(listener -> listener.binding().address().toString().equals(address))
        .findFirst();
  }

  private static void assertOwned(Optional<Listener> found, AddressFamily family) {
    Listener listener = found.orElseThrow();
    Binding binding = listener.binding();
    assertThat(binding.family()).isEqualTo(family);
    assertThat(binding.scope()).isEqualTo(AddressScope.LOOPBACK);
    assertThat(listener.owner().resolution()).isEqualTo(Resolution.FD);
    assertThat(listener.owner().pid()).isEqualTo(SELF);
    assertThat(listener.owner().process()).isEqualTo(OWN_NAME);
    assertThat(listener.owner().exe()).contains("java");
    assertThat(listener.owner().uid()).isEqualTo(listener.socketUid());
  }

  @ParameterizedTest
  @EnumSource(
      value = SocketSourceChoice.class,
      names = {"AUTO", "NETLINK", "PROC"})
  void listenersOfThisProcessAreFoundWithTheirOwner(SocketSourceChoice source) throws Exception {
    Watch watch = watch(TestConfigs.source(source));
    try (ServerSocket first = listen(LOOPBACK4);
        ServerSocket second = listen(SECOND4);
        ServerSocket third = listen(LOOPBACK6);
        ServerSocketChannel pure = ServerSocketChannel.open(StandardProtocolFamily.INET);
        DatagramSocket datagrams = new DatagramSocket(new InetSocketAddress(LOOPBACK4, 0));
        DatagramSocket connected = new DatagramSocket(new InetSocketAddress(LOOPBACK4, 0))) {
      connected.connect(LOOPBACK4, datagrams.getLocalPort());
      ServerSocketChannel _ = pure.bind(new InetSocketAddress(LOOPBACK4, 0));
      watch.start();
      ExposureSnapshot snapshot = watch.exposure(false);
      assertThat(snapshot.stale()).isFalse();
      AddressFamily v4 = AddressFamily.IPV4;
      assertOwned(find(snapshot, Protocol.TCP, "127.0.0.1", first.getLocalPort()), v4);
      assertOwned(find(snapshot, Protocol.TCP, "127.0.0.2", second.getLocalPort()), v4);
      assertOwned(find(snapshot, Protocol.TCP, "::1", third.getLocalPort()), AddressFamily.IPV6);
      assertOwned(find(snapshot, Protocol.TCP, "127.0.0.1", pure.socket().getLocalPort()), v4);
      assertOwned(find(snapshot, Protocol.UDP, "127.0.0.1", datagrams.getLocalPort()), v4);
      assertThat(find(snapshot, Protocol.UDP, "127.0.0.1", connected.getLocalPort())).isEmpty();
    } finally {
      watch.close();
    }
  }

  @Test
  void theIntendedListenerIsOursAndAnotherIsSurplus() throws Exception {
    Watch watch = watch(TestConfigs.withoutConnections());
    try (ServerSocket ops = listen(LOOPBACK4);
        ServerSocket surplus = listen(LOOPBACK4)) {
      IpAddress address = IpAddress.parse("127.0.0.1").orElseThrow();
      intended = Set.of(new IntendedListener(Protocol.TCP, address, ops.getLocalPort(), "ops"));
      watch.start();
      ExposureSnapshot snapshot = watch.exposure(false);
      Listener own = find(snapshot, Protocol.TCP, "127.0.0.1", ops.getLocalPort()).orElseThrow();
      assertThat(own.verdict()).isEqualTo(Verdict.OWN);
      assertThat(own.service()).isEqualTo("ops");
      assertThat(find(snapshot, Protocol.TCP, "127.0.0.1", surplus.getLocalPort()))
          .map(Listener::verdict)
          .contains(Verdict.SELF);
    } finally {
      watch.close();
    }
  }

  @Test
  void aConnectionIsInboundAtItsListenerAndOutboundAtItsPeer() throws Exception {
    Watch watch = watch(TestConfigs.defaults());
    try (ServerSocket server = listen(LOOPBACK4);
        Socket client = new Socket(LOOPBACK4, server.getLocalPort());
        Socket accepted = server.accept()) {
      assertThat(accepted.isConnected()).isTrue();
      watch.start();
      ConnectionCounts counts = watch.connections().orElseThrow();
      assertThat(counts.byPort()).containsEntry(server.getLocalPort(), 1L);
      assertThat(counts.byPort()).doesNotContainKey(client.getLocalPort());
      List<ConnectionCounts.Row> outbound =
          counts.rows().stream()
              .filter(row -> row.direction() == Direction.OUTBOUND)
              .filter(row -> row.remoteScope() == AddressScope.LOOPBACK)
              .toList();
      assertThat(outbound).isNotEmpty();
    } finally {
      watch.close();
    }
  }

  @Test
  void seriesHoldWhatTheyPromise() throws Exception {
    Watch watch = watch(TestConfigs.defaults());
    try (ServerSocket server = listen(LOOPBACK4)) {
      watch.start();
      Samples samples = Samples.of(watch);
      assertThat(samples.repeated()).isEmpty();
      assertThat(samples.series(Metric.NETSTAT_LISTENING_PORTS))
          .contains("tcp, " + server.getLocalPort() + ", ipv4, loopback, " + OWN_NAME);
      assertThat(samples.series(Metric.NETSTAT_TCP_CONNECTIONS))
          .filteredOn(labels -> labels.startsWith("LISTEN"))
          .containsExactly("LISTEN, inbound, none");
      assertThat(samples.series(Metric.NETSTAT_SOURCE)).hasSize(4);
    } finally {
      watch.close();
    }
  }

  @Test
  void theBacklogIsTheLimitOfTheAcceptQueue() throws Exception {
    Watch watch = watch(TestConfigs.source(SocketSourceChoice.NETLINK));
    try (ServerSocket server = listen(LOOPBACK4);
        Socket waiting = new Socket(LOOPBACK4, server.getLocalPort())) {
      assertThat(waiting.isConnected()).isTrue();
      watch.start();
      Listener listener =
          find(watch.exposure(true), Protocol.TCP, "127.0.0.1", server.getLocalPort())
              .orElseThrow();
      assertThat(listener.queues().limit()).isEqualTo(7);
      assertThat(listener.queues().length()).isEqualTo(1);
    } finally {
      watch.close();
    }
  }

  private static String ownName() {
    try {
      return Files.readString(Path.of("/proc/self/comm")).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
