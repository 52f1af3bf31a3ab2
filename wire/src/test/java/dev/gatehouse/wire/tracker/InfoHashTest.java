package dev.gatehouse.wire.tracker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.wire.Bytes;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InfoHashTest {

  private static final String V1 = "000102030405060708090a0b0c0d0e0f10111213";
  private static final String V2 = V1 + "1415161718191a1b1c1d1e1f";

  @Test
  void isWrittenAsItWasRead() {
    for (String hex : new String[] {V1, V2}) {
      ByteBuf out = Unpooled.buffer();
      raw(hex).writeTo(out);
      assertThat(out).isEqualTo(Unpooled.wrappedBuffer(HexFormat.of().parseHex(hex)));
      assertThat(raw(hex))
          .hasToString(hex)
          .isEqualTo(text(hex))
          .isEqualTo(text(hex.toUpperCase(Locale.ROOT)));
    }
  }

  @Test
  void ofALongHashTheFirst20BytesNameTheTorrent() {
    assertThat(raw(V2).truncated()).isEqualTo(raw(V1));
    assertThat(raw(V1).truncated()).isEqualTo(raw(V1));
    assertThat(raw(V1).tail()).isEqualTo(0x10111213).isEqualTo(raw(V2).tail());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 19, 21, 31, 33, 39, 41, 63, 65})
  void hasNoOtherLength(int length) {
    assertThat(InfoHash.parse(Bytes.utf8("0".repeat(length)))).isEmpty();
  }

  @Test
  void hasNoOtherDigits() {
    assertThat(InfoHash.parse(Bytes.utf8("g" + "0".repeat(39)))).isEmpty();
    assertThat(InfoHash.parse(Bytes.utf8("0".repeat(63) + "/"))).isEmpty();
  }

  @Test
  void aShortOneHasNothingBehindIts20Bytes() {
    assertThatThrownBy(() -> new InfoHash(1, 2, 3, 0, 20))
        .hasMessage("info hash: 20 bytes (expected: 20, 32)");
    assertThatThrownBy(() -> new InfoHash(1, 2, 0, 0, 21)).hasMessageContaining("21");
  }

  @Test
  void sortsAsItsBytesDo() {
    Random random = new Random(1);
    byte[][] bytes = new byte[60][];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = new byte[random.nextBoolean() ? 20 : 32];
      // few different bytes, so that prefixes are shared
      for (int j = random.nextInt(bytes[i].length); j < bytes[i].length; j++) {
        bytes[i][j] = (byte) (random.nextInt(3) - 1);
      }
    }
    for (byte[] one : bytes) {
      for (byte[] other : bytes) {
        int order =
            InfoHash.parse(Bytes.of(one))
                .orElseThrow()
                .compareTo(InfoHash.parse(Bytes.of(other)).orElseThrow());
        assertThat(Integer.signum(order))
            .isEqualTo(Integer.signum(Arrays.compareUnsigned(one, other)));
      }
    }
  }

  private static InfoHash raw(String hex) {
    return InfoHash.parse(Bytes.of(HexFormat.of().parseHex(hex))).orElseThrow();
  }

  private static InfoHash text(String hex) {
    return InfoHash.parse(Bytes.utf8(hex)).orElseThrow();
  }
}
