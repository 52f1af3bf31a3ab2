package dev.gatehouse.watch.connection;

import static dev.gatehouse.watch.SocketRows.tcp;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.kernel.address.AddressScope;
import dev.gatehouse.net.sockets.SocketQuery;
import dev.gatehouse.net.sockets.SocketRow;
import dev.gatehouse.net.sockets.SocketState;
import dev.gatehouse.net.sockets.SocketView;
import dev.gatehouse.net.sockets.V6Only;
import dev.gatehouse.watch.FakeTable;
import dev.gatehouse.watch.SocketRows;
import dev.gatehouse.watch.exposure.ConnectionCounts;
import dev.gatehouse.watch.exposure.ConnectionCounts.Row;
import dev.gatehouse.watch.exposure.Direction;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConnectionPassTest {

  private static final int NO_CAP = 65_536;

  private final FakeTable table = new FakeTable();
  private final List<SocketQuery> asked = new ArrayList<>();
  private final ConnectionPass pass =
      new ConnectionPass(table, (query, result) -> asked.add(query));

  private Optional<ConnectionCounts> run() {
    return pass.run(Instant.EPOCH, NO_CAP);
  }

  private static SocketRows connection(String local, int port, String remote, int remotePort) {
    return tcp(local, port).state(SocketState.ESTABLISHED).peer(remote, remotePort);
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "0.0.0.0 443 UNKNOWN, 203.0.113.5 443, 198.51.100.7 50000, INBOUND, PUBLIC",
        "127.0.0.1 40000 UNKNOWN, 203.0.113.5 40000, 198.51.100.7 443, OUTBOUND, PUBLIC",
        ":: 443 NO, ::ffff:10.0.0.5 443, ::ffff:10.0.0.9 50000, INBOUND, PRIVATE",
        ":: 443 YES, 10.0.0.5 443, 10.0.0.9 50000, OUTBOUND, PRIVATE",
        ":: 443 UNKNOWN, 10.0.0.5 443, 10.0.0.9 50000, INBOUND, PRIVATE",
        ":: 443 YES, 2001:db8::1 443, fd00::9 50000, INBOUND, PRIVATE",
        "0.0.0.0 443 UNKNOWN, 2001:db8::1 443, fd00::9 50000, OUTBOUND, PRIVATE",
        "0.0.0.0 443 UNKNOWN, ::ffff:10.0.0.5 443, ::ffff:10.0.0.9 1, INBOUND, PRIVATE",
        "::ffff:10.0.0.5 443 NO, 10.0.0.5 443, 10.0.0.9 50000, INBOUND, PRIVATE",
        "10.0.0.5 22 UNKNOWN, 10.0.0.6 22, 10.0.0.9 50000, OUTBOUND, PRIVATE",
        "10.0.0.5 22 UNKNOWN, 10.0.0.5 22, 10.0.0.9 50000, INBOUND, PRIVATE",
        "-, 127.0.0.1 45630, 127.0.0.1 28080, OUTBOUND, LOOPBACK",
      })
  void theListenerDecidesTheDirection(
      String listener, String local, String remote, Direction direction, AddressScope scope) {
    if (listener != null) {
      String[] words = listener.split(" ", -1);
      table.open(tcp(words[0], Integer.parseInt(words[1])).v6Only(V6Only.valueOf(words[2])));
    }
    String[] near = local.split(" ", -1);
    String[] far = remote.split(" ", -1);
    table.open(connection(near[0], Integer.parseInt(near[1]), far[0], Integer.parseInt(far[1])));
    assertThat(run().orElseThrow().rows())
        .contains(new Row(SocketState.ESTABLISHED, direction, scope, 1));
  }

  @Test
  void listenersCountAsInboundWithoutAPeer() {
    table.open(tcp("0.0.0.0", 80), tcp("::", 80), tcp("127.0.0.1", 81));
    assertThat(run().orElseThrow().rows())
        .containsExactly(new Row(SocketState.LISTEN, Direction.INBOUND, AddressScope.NONE, 3));
  }

  @Test
  void aSocketWithoutAPeerIsNobodysAndNotPublic() {
    table.open(
        tcp("0.0.0.0", 80),
        tcp("10.0.0.5", 80).state(SocketState.CLOSE),
        tcp("10.0.0.5", 81).state(SocketState.CLOSE));
    assertThat(run().orElseThrow().rows())
        .contains(
            new Row(SocketState.CLOSE, Direction.INBOUND, AddressScope.NONE, 1),
            new Row(SocketState.CLOSE, Direction.OUTBOUND, AddressScope.NONE, 1));
  }

  @Test
  void anUnknownStateHasAName() {
    table.open(connection("10.0.0.5", 80, "10.0.0.9", 1).state(SocketState.UNKNOWN));
    assertThat(run().orElseThrow().rows())
        .extracting(row -> row.state().name())
        .containsExactly("UNKNOWN");
  }

  @Test
  void inboundConnectionsAddUpByPort() {
    table.open(tcp("0.0.0.0", 80), tcp("::", 443));
    for (int peer = 1; peer <= 3; peer++) {
      table.open(connection("10.0.0.5", 80, "10.0.0.9", peer));
    }
    table.open(
        connection("2001:db8::1", 443, "2001:db8::2", 9),
        connection("10.0.0.5", 50_000, "10.0.0.9", 80));
    ConnectionCounts counts = run().orElseThrow();
    assertThat(counts.byPort()).containsOnly(Map.entry(80, 3L), Map.entry(443, 1L));
    long inbound =
        counts.rows().stream()
            .filter(row -> row.direction() == Direction.INBOUND)
            .filter(row -> row.state() != SocketState.LISTEN)
            .mapToLong(Row::count)
            .sum();
    assertThat(counts.byPort().values().stream().mapToLong(Long::longValue).sum())
        .isEqualTo(inbound);
  }

  @Test
  void theBusiestPortsOutliveTheCap() {
    for (int port = 1; port <= 4; port++) {
      table.open(tcp("0.0.0.0", port));
      for (int peer = 0; peer < (port == 3 ? 5 : 1); peer++) {
        table.open(connection("10.0.0.5", port, "10.0.0.9", 1000 + peer));
      }
    }
    ConnectionCounts counts = pass.run(Instant.EPOCH, 2).orElseThrow();
    assertThat(counts.byPort()).containsOnlyKeys(3, 1);
    assertThat(counts.truncated()).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource({"TCP4_LISTENERS", "TCP6_LISTENERS", "TCP4_CONNECTIONS", "TCP6_CONNECTIONS"})
  void halfACountIsNone(SocketQuery query) {
    table.open(tcp("0.0.0.0", 80), connection("10.0.0.5", 80, "10.0.0.9", 1));
    table.fail(query);
    assertThat(run()).isEmpty();
    assertThat(asked).endsWith(query);
    table.recover();
    assertThat(run().orElseThrow().rows()).hasSize(2);
  }

  @Test
  void aPassForgetsTheOneBefore() {
    SocketRows listener = tcp("0.0.0.0", 80);
    table.open(listener, connection("10.0.0.5", 80, "10.0.0.9", 1));
    ConnectionCounts first = run().orElseThrow();
    assertThat(run().orElseThrow()).isEqualTo(first);
    table.close(listener);
    assertThat(run().orElseThrow().byPort()).isEmpty();
  }

  @Test
  void aDumpThatBeginsAgainCountsOnce() {
    ConnectionTally tally = new ConnectionTally(new ListenerIndex());
    SocketView row = SocketRows.view(connection("10.0.0.5", 80, "10.0.0.9", 1).row());
    tally.row(row);
    tally.restart();
    tally.row(row);
    assertThat(tally.counts(Instant.EPOCH, NO_CAP).rows()).extracting(Row::count).containsOnly(1L);
  }

  @Test
  void countingAllocatesNothingPerRow() {
    ListenerIndex listeners = new ListenerIndex();
    for (int port = 1; port <= 200; port++) {
      listeners.add(tcp(port % 2 == 0 ? "0.0.0.0" : "::", port).row());
    }
    ConnectionTally tally = new ConnectionTally(listeners);
    SocketRow inbound = connection("10.0.0.5", 80, "198.51.100.7", 5).row();
    SocketRow mapped = connection("::ffff:10.0.0.5", 81, "::ffff:8.8.8.8", 5).row();
    SocketView first = SocketRows.view(inbound);
    SocketView second = SocketRows.view(mapped);
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    count(tally, first, second);
    long before = threads.getCurrentThreadAllocatedBytes();
    count(tally, first, second);
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;
    assertThat(allocated).isLessThan(10_000);
  }

  private static void count(ConnectionTally tally, SocketView first, SocketView second) {
    for (int i = 0; i < 50_000; i++) {
      tally.row(first);
      tally.row(second);
    }
  }
}
