package dev.gatehouse.net.sockets.diag;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.gatehouse.net.sockets.SocketQuery;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DiagRequestTest {

  @BeforeEach
  void vectorsAreLittleEndian() {
    assumeThat(ByteOrder.nativeOrder()).isEqualTo(ByteOrder.LITTLE_ENDIAN);
  }

  @ParameterizedTest
  @CsvSource({
    "TCP4_LISTENERS, 1, 48000000 1400 0103 01000000 00000000 02 06 00 00 00040000",
    "TCP6_LISTENERS, 2, 48000000 1400 0103 02000000 00000000 0a 06 00 00 00040000",
    "UDP4_LISTENERS, 3, 48000000 1400 0103 03000000 00000000 02 11 40 00 80000000",
    "UDP6_LISTENERS, 4, 48000000 1400 0103 04000000 00000000 0a 11 40 00 80000000",
    "TCP4_CONNECTIONS, 5, 48000000 1400 0103 05000000 00000000 02 06 00 00 fe0b0000",
    "TCP6_CONNECTIONS, 6, 48000000 1400 0103 06000000 00000000 0a 06 00 00 fe0b0000",
  })
  void asksForOneKindOfSocket(SocketQuery query, int sequence, String start) {
    byte[] request = new byte[DiagRequest.BYTES];
    Arrays.fill(request, (byte) 0xff);
    DiagRequest.write(MemorySegment.ofArray(request), query, sequence);
    String expected = start.replace(" ", "") + "00".repeat(48);
    assertThat(HexFormat.of().formatHex(request)).isEqualTo(expected);
  }
}
