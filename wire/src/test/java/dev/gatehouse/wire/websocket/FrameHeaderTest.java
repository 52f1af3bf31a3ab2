package dev.gatehouse.wire.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FrameHeaderTest {

  @ParameterizedTest
  @CsvSource({
    "TEXT, 0, 8100",
    "TEXT, 125, 817d",
    "BINARY, 126, 827e007e",
    "BINARY, 65535, 827effff",
    "BINARY, 65536, 827f0000000000010000",
    "CLOSE, 2, 8802",
    "PING, 0, 8900",
    "PONG, 8, 8a08",
  })
  void hasTheShortestLengthThatHoldsThePayload(Opcode opcode, int length, String header) {
    ByteBuf out = Unpooled.buffer();
    FrameHeader.write(opcode, length, out);
    assertThat(ByteBufUtil.hexDump(out)).isEqualTo(header);
    assertThat(out.readableBytes()).isLessThanOrEqualTo(FrameHeader.MAX_LENGTH);
  }
}
