package dev.gatehouse.net.sockets.proc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.net.sockets.AllocatedBytes;
import dev.gatehouse.net.sockets.SocketQuery;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ProcRowAllocationTest {

  private static final byte[] LINE =
      ("   2: 0100007F:6DB0 0100007F:B23E 01 00000005:00000007 00:00000000 00000000     0        0"
              + " 0 1 00000000f2d0fd19 20 4 0 10 -1")
          .getBytes(StandardCharsets.US_ASCII);

  private int read;

  @Test
  void aRowCostsNoMemory() {
    ProcRow row = new ProcRow(SocketQuery.TCP4_CONNECTIONS, ByteOrder.nativeOrder());
    long bytes =
        AllocatedBytes.leastOf(
            () -> {
              for (int i = 0; i < 10_000; i++) {
                read += row.read(LINE, 0, LINE.length) ? 1 : 0;
              }
            });
    assertThat(read).isGreaterThan(10_000);
    assertThat(bytes).as("bytes for 10,000 rows").isLessThan(10_000 / 10);
  }
}
