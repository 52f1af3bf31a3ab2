package dev.gatehouse.net.sockets.diag;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.gatehouse.net.sockets.SocketQuery;
import dev.gatehouse.net.sockets.SocketRow;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;

class DiagDumpFuzzTest {

  @FuzzTest(maxDuration = "30s")
  void everyDatagramIsAValue(byte[] datagram) {
    MemorySegment segment = MemorySegment.ofArray(datagram);
    for (SocketQuery query : SocketQuery.values()) {
      List<SocketRow> rows = new ArrayList<>();
      DiagDump dump = new DiagDump(query, sequence(segment), view -> rows.add(view.copy()));
      assertThat(dump.read(segment, datagram.length)).isNotNull();
      assertThat(dump.rows()).isEqualTo(rows.size());
      assertThat(dump.rows() + dump.malformed())
          .isLessThanOrEqualTo(datagram.length / DiagDump.HEADER_BYTES);
    }
  }

  /** That of the first message, so that the search need not guess it. */
  private static int sequence(MemorySegment datagram) {
    return datagram.byteSize() < DiagDump.HEADER_BYTES
        ? 0
        : datagram.get(ValueLayout.JAVA_INT_UNALIGNED, DiagMessages.SEQUENCE);
  }
}
