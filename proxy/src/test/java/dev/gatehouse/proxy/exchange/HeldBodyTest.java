package dev.gatehouse.proxy.exchange;

import static dev.gatehouse.proxy.exchange.ExchangeWorld.bytes;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.LeakGuard;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LeakGuard.class)
class HeldBodyTest {

  private final HeldBody held = new HeldBody();

  private void add(ByteBuf bytes) {
    held.add(bytes);
    bytes.release();
  }

  private List<String> replayed() {
    List<String> pieces = new ArrayList<>();
    held.replay(
        piece -> {
          pieces.add(piece.toString(ISO_8859_1));
          piece.release();
        });
    return pieces;
  }

  @Test
  void givesOutWhatItHoldsAsOftenAsItIsAsked() {
    add(bytes("ab"));
    add(bytes("c"));
    assertThat(replayed()).containsExactly("ab", "c");
    assertThat(replayed()).containsExactly("ab", "c");
    held.letGo();
  }

  @Test
  void whoReadsAPieceLeavesItWholeForTheNext() {
    add(bytes("ab"));
    held.replay(piece -> piece.skipBytes(2).release());
    assertThat(replayed()).containsExactly("ab");
    held.letGo();
  }

  @Test
  void aBodyWithoutBytesIsWhole() {
    assertThat(held.isEmpty()).isTrue();
    assertThat(held.isWhole()).isTrue();
  }

  @Test
  void isNotWholeOnceItHasLetGo() {
    add(bytes("ab"));
    held.letGo();
    assertThat(held.isWhole()).isFalse();
    assertThat(held.isEmpty()).isTrue();
    assertThat(replayed()).isEmpty();
  }

  @Test
  void takesItsLimitAndNotAByteMore() {
    add(bytes(HeldBody.MOST - 1));
    ByteBuf one = bytes(1);
    ByteBuf two = bytes(2);
    assertThat(held.fits(one)).isTrue();
    assertThat(held.fits(two)).isFalse();
    add(one);
    assertThat(held.isLarge()).isFalse();
    add(two);
    assertThat(held.isLarge()).isTrue();
    held.letGo();
  }
}
