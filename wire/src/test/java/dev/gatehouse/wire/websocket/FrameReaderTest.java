package dev.gatehouse.wire.websocket;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.wire.websocket.FrameReader.Outcome;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 6455, section 5. */
class FrameReaderTest {

  /** The example of section 5.7: a text in a single frame that is masked. */
  private static final String HELLO = "81 85 37fa213d 7f9f4d5158";

  private static final int MAX = 262_144;

  private final FrameReader reader = new FrameReader(MAX);

  @Test
  void readsTheExampleOfTheProtocol() {
    ByteBuf in = bytes(HELLO + "8a 80 00000000");
    assertThat(reader.read(in)).isEqualTo(Outcome.COMPLETE);
    assertThat(reader.opcode()).isEqualTo(Opcode.TEXT);
    assertThat(reader.isLast()).isTrue();
    assertThat(payload(in)).isEqualTo("Hello");
    assertThat(reader.read(in)).isEqualTo(Outcome.COMPLETE);
    assertThat(reader.opcode()).isEqualTo(Opcode.PONG);
    assertThat(payload(in)).isEmpty();
    assertThat(reader.read(in)).isEqualTo(Outcome.INCOMPLETE);
  }

  @Test
  void takesNothingOfAFrameThatIsNotWhole() {
    ByteBuf whole = bytes(HELLO);
    for (int length = 0; length < whole.readableBytes(); length++) {
      ByteBuf begun = whole.copy(0, length);
      assertThat(reader.read(begun)).isEqualTo(Outcome.INCOMPLETE);
      assertThat(begun.readableBytes()).isEqualTo(length);
      assertThat(begun).isEqualTo(whole.slice(0, length));
    }
  }

  @ParameterizedTest
  @CsvSource({"'', 2", "81, 2", "81 85, 11", "82 fe, 8", "82 fe 0100, 264", "82 ff 00, 14"})
  void saysHowLongAFrameWillBe(String begun, int length) {
    assertThat(reader.read(bytes(begun))).isEqualTo(Outcome.INCOMPLETE);
    assertThat(reader.wholeLength()).isEqualTo(length);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 7, 8, 9, 125, 126, 127, 65_535, 65_536, MAX})
  void unmasksPayloadsOfAnyLength(int length) {
    ByteBuf in = Masked.frame(0x82, "x".repeat(length).getBytes(UTF_8), 0x01020304);
    assertThat(reader.read(in)).isEqualTo(Outcome.COMPLETE);
    assertThat(payload(in)).isEqualTo("x".repeat(length));
    assertThat(in.isReadable()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "81 07",
        "c1 80",
        "a1 80",
        "91 80",
        "83 80",
        "87 80",
        "8b 80",
        "8f 80",
        "80 80",
        "09 80",
        "0a 80",
        "08 80",
        "89 fe",
        "88 fe",
        "88 81",
        "81 fe 007d",
        "81 fe 0000",
        "81 ff 000000000000ffff",
        "81 ff 8000000000000000",
        "81 ff ffffffffffffffff",
      })
  void refusesWhatNoClientMaySendAsSoonAsItShows(String header) {
    assertThat(reader.read(bytes(header))).isEqualTo(Outcome.MALFORMED);
  }

  @Test
  void fragmentsComeInOrderWithControlFramesBetweenThem() {
    ByteBuf in =
        bytes("01 80 00000000 89 80 00000000 00 80 00000000 80 80 00000000 82 80 00000000");
    assertThat(reader.read(in)).isEqualTo(Outcome.COMPLETE);
    assertThat(reader.isMidMessage()).isTrue();
    assertThat(reader.isLast()).isFalse();
    for (int i = 0; i < 3; i++) {
      assertThat(reader.read(in)).isEqualTo(Outcome.COMPLETE);
    }
    assertThat(reader.isMidMessage()).isFalse();
    assertThat(reader.read(in)).isEqualTo(Outcome.COMPLETE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"81 80", "01 80", "82 80"})
  void noMessageBeginsWithinAnother(String second) {
    assertThat(reader.read(bytes("01 80 00000000"))).isEqualTo(Outcome.COMPLETE);
    assertThat(reader.read(bytes(second))).isEqualTo(Outcome.MALFORMED);
  }

  @Test
  void aMessageBeyondTheLimitIsRefusedByItsHeader() {
    assertThat(reader.read(bytes("82 ff 0000000000040000"))).isEqualTo(Outcome.INCOMPLETE);
    assertThat(reader.read(bytes("82 ff 0000000000040001"))).isEqualTo(Outcome.TOO_LARGE);
    assertThat(reader.read(bytes("82 ff 7fffffffffffffff"))).isEqualTo(Outcome.TOO_LARGE);
  }

  @Test
  void theLimitHoldsForAllFragmentsTogether() {
    FrameReader small = new FrameReader(5);
    assertThat(small.read(bytes("02 83 00000000 616161"))).isEqualTo(Outcome.COMPLETE);
    assertThat(small.read(bytes("00 82 00000000 6161"))).isEqualTo(Outcome.COMPLETE);
    assertThat(small.read(bytes("89 83 00000000 616161"))).isEqualTo(Outcome.COMPLETE);
    assertThat(small.read(bytes("80 81"))).isEqualTo(Outcome.TOO_LARGE);
    assertThat(small.read(bytes("80 80 00000000"))).isEqualTo(Outcome.COMPLETE);
    assertThat(small.read(bytes("82 85 00000000 6161616161"))).isEqualTo(Outcome.COMPLETE);
  }

  private String payload(ByteBuf in) {
    return in.toString(reader.from(), reader.to() - reader.from(), UTF_8);
  }

  private static ByteBuf bytes(String hex) {
    return Unpooled.wrappedBuffer(HexFormat.of().parseHex(hex.replace(" ", "")));
  }
}
