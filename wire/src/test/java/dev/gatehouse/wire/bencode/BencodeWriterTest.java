package dev.gatehouse.wire.bencode;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.wire.Decoded.Complete;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BencodeWriterTest {

  private final ByteBuf out = Unpooled.buffer();

  @ParameterizedTest
  @ValueSource(
      longs = {0, 1, -1, 9, 10, -10, 99, 100, 6881, Long.MAX_VALUE, Long.MIN_VALUE, 1L << 32})
  void writesIntegersAsShortAsTheyCanBe(long value) {
    BencodeWriter.writeInteger(out, value);
    assertThat(out.toString(US_ASCII)).isEqualTo("i" + value + "e");
  }

  @Test
  void writesStringsWithTheirLengthInBytes() {
    BencodeWriter.writeBytes(out, new byte[] {'a', 0, (byte) 0xff});
    BencodeWriter.writeBytes(out, new byte[0]);
    BencodeWriter.writeBytes(out, "x".repeat(100).getBytes(US_ASCII));
    assertThat(out.toString(ISO_8859_1)).isEqualTo("3:a\0\u00ff0:100:" + "x".repeat(100));
  }

  @Test
  void writesNestedValues() {
    BencodeWriter.beginDictionary(out);
    out.writeBytes(BencodeWriter.text("peers"));
    BencodeWriter.beginList(out);
    BencodeWriter.writeInteger(out, 7);
    BencodeWriter.writeLength(out, 2);
    out.writeShort(0x4142);
    BencodeWriter.end(out);
    BencodeWriter.end(out);
    assertThat(out.toString(US_ASCII)).isEqualTo("d5:peersli7e2:ABee");
  }

  @Test
  void theReaderReadsWhatIsWritten() {
    Random random = new Random(3);
    for (int i = 0; i < 1_000; i++) {
      long value = random.nextLong() >> random.nextInt(64);
      BencodeWriter.writeInteger(out.clear(), value);
      assertThat(BencodeReader.read(out, BencodeLimits.TORRENT))
          .isInstanceOfSatisfying(
              Complete.class,
              complete ->
                  assertThat(((BencodeValue.Whole) complete.value()).value()).isEqualTo(value));
    }
  }
}
