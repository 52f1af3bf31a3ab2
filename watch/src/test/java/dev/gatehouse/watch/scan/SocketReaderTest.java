package dev.gatehouse.watch.scan;

import static dev.gatehouse.watch.SocketRows.tcp;
import static dev.gatehouse.watch.SocketRows.udp;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.kernel.metric.EventCounters;
import dev.gatehouse.kernel.metric.Metric;
import dev.gatehouse.net.sockets.ReadResult;
import dev.gatehouse.net.sockets.SocketQuery;
import dev.gatehouse.net.sockets.SocketSource;
import dev.gatehouse.net.sockets.SocketTable;
import dev.gatehouse.net.sockets.SocketView;
import dev.gatehouse.testkit.LogGuard;
import dev.gatehouse.watch.FakeTable;
import dev.gatehouse.watch.Samples;
import dev.gatehouse.watch.SocketRows;
import dev.gatehouse.watch.SocketSourceChoice;
import dev.gatehouse.watch.exposure.SourceUse;
import dev.gatehouse.watch.scan.SocketReader.Reading;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SocketReaderTest {

  @RegisterExtension final LogGuard log = new LogGuard();

  private final EventCounters counters = new EventCounters();
  private final SocketReader reader = new SocketReader(new SourceHealth(counters));

  private Reading read(SocketTable table) {
    return reader.read(table, SocketSourceChoice.AUTO, true, 0);
  }

  @Test
  void theFourDumpsMakeOneList() {
    FakeTable table =
        new FakeTable().open(tcp("0.0.0.0", 1), tcp("::", 2), udp("0.0.0.0", 3), udp("::", 4));
    Reading reading = read(table);
    assertThat(reading.rows()).hasSize(4);
    assertThat(reading.sources()).extracting(SourceUse::error).containsOnly("");
    assertThat(reading.unread()).isEmpty();
    assertThat(reading.isBlind()).isFalse();
    assertThat(reading.usesProc()).isFalse();
  }

  @Test
  void rowsOfADumpThatFailedAreNoRows() {
    log.expect("tcp_scan_failed");
    SocketTable halfway =
        (query, visitor) -> {
          visitor.row(SocketRows.view(tcp("0.0.0.0", 80).row()));
          return query == SocketQuery.TCP4_LISTENERS
              ? new ReadResult.Failed(SocketSource.NETLINK, "truncated")
              : new ReadResult.Complete(SocketSource.NETLINK, 1, 0, false);
        };
    Reading reading = read(halfway);
    assertThat(reading.rows()).hasSize(3);
    assertThat(reading.unread()).containsExactly(SocketQuery.TCP4_LISTENERS);
    assertThat(reading.sources().getFirst().error()).isEqualTo("truncated");
  }

  @Test
  void rowsBeyondTheLimitAreCounted() {
    SocketView row = SocketRows.view(tcp("0.0.0.0", 80).row());
    SocketTable flood =
        (query, visitor) -> {
          int rows = query == SocketQuery.TCP4_LISTENERS ? SocketReader.MAX_ROWS : 1;
          for (int i = 0; i < rows; i++) {
            visitor.row(row);
          }
          return new ReadResult.Complete(SocketSource.NETLINK, rows, 0, false);
        };
    Reading reading = read(flood);
    assertThat(reading.rows()).hasSize(SocketReader.MAX_ROWS);
    assertThat(reading.surplus()).isEqualTo(3);
  }

  @Test
  void aDumpThatBeganAgainIsReadOnce() {
    SocketView row = SocketRows.view(tcp("0.0.0.0", 80).row());
    SocketTable again =
        (query, visitor) -> {
          visitor.row(row);
          visitor.restart();
          visitor.row(row);
          return new ReadResult.Complete(SocketSource.NETLINK, 1, 0, true);
        };
    assertThat(read(again).rows()).hasSize(4);
    assertThat(Samples.of(counters).value(Metric.NETSTAT_SCAN_INCONSISTENT)).isEqualTo(4);
  }

  @Test
  void malformedRowsAreCounted() {
    SocketTable odd =
        (query, visitor) -> new ReadResult.Complete(SocketSource.NETLINK, 0, 2, false);
    assertThat(read(odd).rows()).isEmpty();
    assertThat(Samples.of(counters).value(Metric.NETSTAT_ROWS_MALFORMED)).isEqualTo(8);
  }

  @Test
  void aRefusedSourceIsAFailureToo() {
    log.expect("tcp_scan_failed");
    log.expect("udp_scan_failed");
    SocketTable refused =
        (query, visitor) -> new ReadResult.Unavailable(SocketSource.NETLINK, "EPERM");
    Reading reading = read(refused);
    assertThat(reading.isBlind()).isTrue();
    assertThat(reading.unread()).hasSize(4);
    assertThat(log.events("tcp_scan_failed")).hasSize(2);
    assertThat(log.events("tcp_scan_failed").getFirst().fields())
        .containsEntry("family", "ipv4")
        .containsEntry("source", "netlink")
        .containsEntry("reason", "EPERM");
    assertThat(Samples.of(counters).value(Metric.NETSTAT_SCAN_ERRORS, "tcp", "ipv6", "netlink"))
        .isEqualTo(1);
  }

  @Test
  void errorsAreThereAtZeroFromTheStart() {
    assertThat(Samples.of(counters).series(Metric.NETSTAT_SCAN_ERRORS)).hasSize(8);
  }

  @Test
  void theFilesAreNoFallbackWhereTheyWereChosen() {
    FakeTable table = new FakeTable();
    table.source(SocketSource.PROC);
    assertThat(reader.read(table, SocketSourceChoice.PROC, true, 0).usesProc()).isTrue();
    assertThat(log.events("socket_source_fallback")).isEmpty();
  }

  @Test
  void aFallbackIsToldOncePerQuery() {
    log.expect("socket_source_fallback");
    FakeTable table = new FakeTable();
    table.source(SocketSource.PROC);
    read(table);
    read(table);
    assertThat(log.events("socket_source_fallback")).hasSize(4);
    assertThat(log.events("socket_source_fallback").getFirst().fields())
        .containsEntry("allow", "AF_NETLINK in the service's address families");
  }
}
