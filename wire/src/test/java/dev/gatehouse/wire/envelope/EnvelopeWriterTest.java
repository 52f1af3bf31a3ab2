package dev.gatehouse.wire.envelope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sections 2.8, 7.3 and 7.4 of the relay's specification. */
class EnvelopeWriterTest {

  private static final String P = "client-5f3a1c9e-7b21-4d80-9e44-0c6b2d8f1a37-0a1b2c3d";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"v\":2,\"type\":\"noise_init\",\"data\":\"AA==\"}",
        "[1, 2]",
        "\"x\"",
        "0",
        "null",
        "\"<>&\""
      })
  void splicesTheValueUnchanged(String value) {
    assertThat(wrapped(P, value)).isEqualTo("{\"conn_id\":\"" + P + "\",\"frame\":" + value + "}");
  }

  @Test
  void anEnvelopeAddsSeventyFiveBytesToAUsualName() {
    assertThat(P).hasSize(52);
    assertThat(new EnvelopeWriter(P).dataLength(0)).isEqualTo(75);
  }

  @Test
  void writesTheVectorsOfTheSpecification() {
    ByteBuf out = Unpooled.buffer();
    new EnvelopeWriter("c1").writeCloseNotice(1001, out);
    assertThat(ByteBufUtil.hexDump(out))
        .isEqualTo("7b22636f6e6e5f6964223a226331222c22636c6f73655f636f6465223a313030317d");
    assertThat(wrapped("c1", "{\"a\":1}")).isEqualTo("{\"conn_id\":\"c1\",\"frame\":{\"a\":1}}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "a\"", "a\\", "é", "a\n", "\u007f"})
  void refusesNamesThatWouldNeedAnEscape(String name) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new EnvelopeWriter(name))
        .withMessageContaining("expected: visible ASCII");
  }

  private static String wrapped(String name, String value) {
    ByteBuf message = Texts.message("  " + value + "\n");
    int from = message.readerIndex() + 2;
    ByteBuf out = Unpooled.buffer();
    new EnvelopeWriter(name).writeData(message, from, message.writerIndex() - 1, out);
    return Texts.drained(out);
  }
}
