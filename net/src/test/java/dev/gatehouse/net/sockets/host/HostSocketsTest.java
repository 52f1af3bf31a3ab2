package dev.gatehouse.net.sockets.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.kernel.address.IpAddress;
import dev.gatehouse.kernel.time.Ticker;
import dev.gatehouse.net.sockets.Protocol;
import dev.gatehouse.net.sockets.ReadResult;
import dev.gatehouse.net.sockets.ReadResult.Complete;
import dev.gatehouse.net.sockets.SocketQuery;
import dev.gatehouse.net.sockets.SocketRow;
import dev.gatehouse.net.sockets.SocketSource;
import dev.gatehouse.net.sockets.SocketState;
import dev.gatehouse.net.sockets.SocketTable;
import dev.gatehouse.net.sockets.V6Only;
import dev.gatehouse.net.sockets.diag.NetlinkSocketTable;
import dev.gatehouse.net.sockets.host.OwnListeners.Bound;
import dev.gatehouse.net.sockets.host.OwnListeners.Read;
import dev.gatehouse.net.sockets.proc.ProcSocketTable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.channels.DatagramChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Opens sockets and finds them in the real kernel's tables. */
class HostSocketsTest {

  private static final int ACCEPT_LIMIT = 7;
  private static final Duration DEADLINE = Duration.ofSeconds(10);

  private final SocketTable netlink = NetlinkSocketTable.ofHost();
  private final SocketTable proc = new ProcSocketTable(ProcSocketTable.OWN_NAMESPACE);

  @ParameterizedTest
  @EnumSource(SocketQuery.class)
  void bothSourcesAnswerEveryQuery(SocketQuery query) {
    assertThat(netlink.read(query, _ -> {})).isInstanceOf(Complete.class);
    assertThat(proc.read(query, _ -> {})).isInstanceOf(Complete.class);
  }

  @Test
  void aListenerOnLoopbackIsTheSameInBoth() throws IOException {
    try (ServerSocketChannel listener = ipv4Listener();
        SocketChannel _ = connection(listener)) {
      SocketRow row = findInBoth(SocketQuery.TCP4_LISTENERS, port(listener.getLocalAddress()));
      assertThat(row.state()).isEqualTo(SocketState.LISTEN);
      assertThat(row.localAddress()).isEqualTo(IpAddress.ipv4(0x7f000001));
      assertThat(row.remoteAddress()).isEqualTo(IpAddress.ANY_IPV4);
      assertThat(row.receiveQueue()).as("waiting to be accepted").isEqualTo(1);
      assertThat(row.sendQueue()).as("limit").isEqualTo(ACCEPT_LIMIT);
      assertThat(row.cookie()).isPositive();
      assertThat(row.inode()).isPositive();
      assertThat(row.drops()).isEqualTo(-1);
    }
  }

  @Test
  void anIpv6ListenerIsTheSameInBoth() throws IOException {
    try (ServerSocket listener = listener("::1")) {
      SocketRow row = findInBoth(SocketQuery.TCP6_LISTENERS, listener.getLocalPort());
      assertThat(row.localAddress()).isEqualTo(IpAddress.ipv6(0, 1));
      assertThat(row.v6Only()).as("nothing else can reach it").isEqualTo(V6Only.YES);
    }
  }

  @Test
  void anIpv6WildcardTakesIpv4Too() throws IOException {
    try (ServerSocket listener = listener("::")) {
      SocketRow row = findInBoth(SocketQuery.TCP6_LISTENERS, listener.getLocalPort());
      assertThat(row.localAddress()).isEqualTo(IpAddress.ANY_IPV6);
      assertThat(row.v6Only()).isEqualTo(V6Only.NO);
    }
  }

  @Test
  void aWildcardListenerIsTheSameInBoth() throws IOException {
    try (ServerSocketChannel listener = ipv4Listener("0.0.0.0")) {
      SocketRow row = findInBoth(SocketQuery.TCP4_LISTENERS, port(listener.getLocalAddress()));
      assertThat(row.localAddress()).isEqualTo(IpAddress.ANY_IPV4);
    }
  }

  @Test
  void aMappedBindStaysMapped() throws IOException {
    try (ServerSocketChannel listener = ServerSocketChannel.open()) {
      listener.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0));
      SocketRow row = findInBoth(SocketQuery.TCP6_LISTENERS, port(listener.getLocalAddress()));
      assertThat(row.localAddress().isMapped()).isTrue();
      assertThat(row.localAddress().unmapped()).isEqualTo(IpAddress.ipv4(0x7f000001));
    }
  }

  @Test
  void anUnconnectedUdpSocketIsAListenerAndAConnectedOneIsNot() throws IOException {
    try (DatagramChannel server = datagrams();
        DatagramChannel client = datagrams()) {
      client.connect(server.getLocalAddress());
      SocketRow row = findInBoth(SocketQuery.UDP4_LISTENERS, port(server.getLocalAddress()));
      assertThat(row.drops()).isZero();
      assertThat(row.receiveBuffer()).isPositive();
      int clientPort = port(client.getLocalAddress());
      assertThat(find(netlink, SocketQuery.UDP4_LISTENERS, clientPort)).isEmpty();
      assertThat(find(proc, SocketQuery.UDP4_LISTENERS, clientPort)).isEmpty();
    }
  }

  @Test
  void aConnectionIsTheSameInBothAndNoListener() throws IOException {
    try (ServerSocketChannel listener = ipv4Listener();
        SocketChannel client = connection(listener);
        SocketChannel _ = listener.accept()) {
      int port = port(listener.getLocalAddress());
      int clientPort = port(client.getLocalAddress());
      SocketRow row = findInBoth(SocketQuery.TCP4_CONNECTIONS, clientPort);
      assertThat(row.state()).isEqualTo(SocketState.ESTABLISHED);
      assertThat(row.remotePort()).isEqualTo(port);
      assertThat(find(netlink, SocketQuery.TCP4_LISTENERS, clientPort)).isEmpty();
      assertThat(rows(netlink, SocketQuery.TCP4_CONNECTIONS, port)).hasSize(1);
    }
  }

  @Test
  void aConnectionThatHasEndedIsTheSameInBoth() throws IOException {
    int clientPort;
    try (ServerSocketChannel listener = ipv4Listener()) {
      SocketChannel client = connection(listener);
      clientPort = port(client.getLocalAddress());
      try (SocketChannel _ = listener.accept()) {
        client.close();
      }
    }
    long deadline = System.nanoTime() + DEADLINE.toNanos();
    while (!hasEnded(clientPort) && System.nanoTime() < deadline) {
      Thread.onSpinWait();
    }
    SocketRow row = findInBoth(SocketQuery.TCP4_CONNECTIONS, clientPort);
    assertThat(row.state()).isEqualTo(SocketState.TIME_WAIT);
    assertThat(row.inode()).isZero();
  }

  @Test
  void theHostIsReadByNetlink() {
    ReadResult result =
        FallbackSocketTable.ofHost(Ticker.system()).read(SocketQuery.TCP4_LISTENERS, _ -> {});
    assertThat(result)
        .isInstanceOfSatisfying(
            Complete.class, it -> assertThat(it.source()).isEqualTo(SocketSource.NETLINK));
  }

  @Test
  void onesOwnSocketsAreThoseThatWereOpened() throws IOException {
    try (ServerSocket listener = listener("127.0.0.1");
        DatagramChannel server = datagrams();
        DatagramChannel client = datagrams()) {
      client.connect(server.getLocalAddress());
      Set<Bound> bound = ((Read) OwnSockets.read()).bound();
      IpAddress loopback = IpAddress.ipv4(0x7f000001);
      assertThat(bound)
          .contains(
              new Bound(Protocol.TCP, loopback, "", listener.getLocalPort()),
              new Bound(Protocol.UDP, loopback, "", port(server.getLocalAddress())))
          .noneMatch(it -> it.port() == client.socket().getLocalPort());
    }
  }

  @Test
  void aClosedSocketIsNoLongerOnesOwn() throws IOException {
    ServerSocket listener = listener("127.0.0.1");
    int port = listener.getLocalPort();
    listener.close();
    assertThat(((Read) OwnSockets.read()).bound()).noneMatch(it -> it.port() == port);
  }

  private boolean hasEnded(int port) {
    return find(netlink, SocketQuery.TCP4_CONNECTIONS, port).stream()
        .anyMatch(row -> row.state() == SocketState.TIME_WAIT);
  }

  /** Compares what both know, and gives the richer row. */
  private SocketRow findInBoth(SocketQuery query, int port) {
    SocketRow rich = find(netlink, query, port).orElseThrow();
    SocketRow poor = find(proc, query, port).orElseThrow();
    SocketRow expected =
        new SocketRow(
            rich.protocol(),
            rich.family(),
            rich.state(),
            rich.localAddress(),
            rich.localPort(),
            rich.remoteAddress(),
            rich.remotePort(),
            0,
            0,
            rich.uid(),
            rich.inode(),
            rich.receiveQueue(),
            rich.state() == SocketState.LISTEN ? -1 : rich.sendQueue(),
            V6Only.UNKNOWN,
            0,
            false,
            rich.drops(),
            -1);
    assertThat(poor).isEqualTo(expected);
    return rich;
  }

  private static Optional<SocketRow> find(SocketTable table, SocketQuery query, int port) {
    List<SocketRow> rows = rows(table, query, port);
    assertThat(rows).hasSizeLessThanOrEqualTo(1);
    return rows.stream().findFirst();
  }

  private static List<SocketRow> rows(SocketTable table, SocketQuery query, int port) {
    List<SocketRow> rows = new ArrayList<>();
    ReadResult result = table.read(query, new RowCollector(rows));
    assertThat(result).isInstanceOf(Complete.class);
    return rows.stream().filter(row -> row.localPort() == port).toList();
  }

  private static ServerSocketChannel ipv4Listener() throws IOException {
    return ipv4Listener("127.0.0.1");
  }

  private static ServerSocketChannel ipv4Listener(String address) throws IOException {
    return ServerSocketChannel.open(StandardProtocolFamily.INET)
        .bind(new InetSocketAddress(InetAddress.ofLiteral(address), 0), ACCEPT_LIMIT);
  }

  private static SocketChannel connection(ServerSocketChannel listener) throws IOException {
    SocketChannel client = SocketChannel.open(StandardProtocolFamily.INET);
    client.connect(listener.getLocalAddress());
    return client;
  }

  private static ServerSocket listener(String address) throws IOException {
    return new ServerSocket(0, ACCEPT_LIMIT, InetAddress.ofLiteral(address));
  }

  private static DatagramChannel datagrams() throws IOException {
    return DatagramChannel.open(StandardProtocolFamily.INET)
        .bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0));
  }

  private static int port(SocketAddress address) {
    return ((InetSocketAddress) address).getPort();
  }
}
