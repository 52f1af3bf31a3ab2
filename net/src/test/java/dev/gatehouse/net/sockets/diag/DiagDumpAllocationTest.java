package dev.gatehouse.net.sockets.diag;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.gatehouse.net.sockets.AllocatedBytes;
import dev.gatehouse.net.sockets.RowVisitor;
import dev.gatehouse.net.sockets.SocketQuery;
import dev.gatehouse.net.sockets.SocketState;
import dev.gatehouse.net.sockets.SocketView;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class DiagDumpAllocationTest {

  private static final int DATAGRAMS = 50;
  private static final int ROWS_PER_DATAGRAM = 200;

  @Test
  void aRowCostsNoMemory() {
    assumeThat(ByteOrder.nativeOrder()).isEqualTo(ByteOrder.LITTLE_ENDIAN);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment datagram = datagram(arena);
      PeerCounter visitor = new PeerCounter();
      DiagDump dump = new DiagDump(SocketQuery.TCP4_CONNECTIONS, 1, visitor);
      long bytes = AllocatedBytes.leastOf(() -> readAll(dump, datagram));
      assertThat(visitor.established).isEqualTo(dump.rows()).isGreaterThan(10_000);
      assertThat(bytes).as("bytes for 10,000 rows").isLessThan(10_000 / 10);
    }
  }

  @Test
  void theCounterSeesWhatACopyCosts() {
    assumeThat(ByteOrder.nativeOrder()).isEqualTo(ByteOrder.LITTLE_ENDIAN);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment datagram = datagram(arena);
      List<Object> copies = new ArrayList<>(DATAGRAMS * ROWS_PER_DATAGRAM);
      DiagDump dump =
          new DiagDump(SocketQuery.TCP4_CONNECTIONS, 1, view -> copies.add(view.copy()));
      long bytes =
          AllocatedBytes.leastOf(
              () -> {
                copies.clear();
                readAll(dump, datagram);
              });
      assertThat(bytes).isGreaterThan(10_000 * 100);
    }
  }

  private static void readAll(DiagDump dump, MemorySegment datagram) {
    for (int i = 0; i < DATAGRAMS; i++) {
      dump.read(datagram, datagram.byteSize());
    }
  }

  private static MemorySegment datagram(Arena arena) {
    String[] rows = new String[ROWS_PER_DATAGRAM];
    Arrays.fill(rows, DiagMessages.LISTEN4.replace("02 0a", "02 01"));
    MemorySegment heap = DiagMessages.segment(DiagMessages.bytes(rows));
    return arena.allocate(heap.byteSize()).copyFrom(heap);
  }

  /** Asks for everything that a pass over connections asks for. */
  private static final class PeerCounter implements RowVisitor {

    private long established;
    private long mixed;

    @Override
    public void row(SocketView view) {
      mixed += view.localHigh() ^ view.localLow() ^ view.remoteHigh() ^ view.remoteLow();
      mixed += view.localPort() + view.remotePort() + view.protocol().label().length();
      if (view.state() == SocketState.ESTABLISHED && mixed != 0) {
        established += view.family().bytes() / 4;
      }
    }
  }
}
