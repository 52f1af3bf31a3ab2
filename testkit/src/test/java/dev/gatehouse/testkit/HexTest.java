package dev.gatehouse.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.netty.buffer.ByteBuf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(LeakGuard.class)
class HexTest {

  @Test
  void blanksAndCommentsMeanNothing() {
    byte[] bytes =
        Hex.bytes(
            """
            00 0102  # three bytes, and not 99
            # nothing here
            fF
            """);
    assertThat(bytes).containsExactly(0, 1, 2, 255);
    assertThat(Hex.text(bytes)).isEqualTo("000102ff");
  }

  @Test
  void anEmptyTextHasNoBytes() {
    assertThat(Hex.bytes(" # nothing")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "00 1", "0x00", "gg", "00,01"})
  void refusesWhatIsNoPairOfDigits(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> Hex.bytes(text));
  }

  @Test
  void aBufferHoldsTheSameBytes() {
    ByteBuf buffer = Hex.buffer("01 02 03");
    try {
      assertThat(buffer.readMedium()).isEqualTo(0x010203);
      assertThat(buffer.isReadable()).isFalse();
    } finally {
      buffer.release();
    }
  }
}
