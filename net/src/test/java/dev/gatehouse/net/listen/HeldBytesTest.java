package dev.gatehouse.net.listen;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.LeakGuard;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LeakGuard.class)
class HeldBytesTest {

  private static final ByteBufAllocator ALLOCATOR = ByteBufAllocator.DEFAULT;

  private final HeldBytes held = new HeldBytes();

  @Test
  void theFirstBufferIsKeptAsItIs() {
    ByteBuf first = buffer(1, 2);
    assertThat(held.add(ALLOCATOR, first)).isSameAs(first);
    held.discard();
    assertThat(first.refCnt()).isZero();
  }

  @Test
  void whatFollowsIsAppendedInPlaceWhereThereIsRoom() {
    ByteBuf first = ALLOCATOR.buffer(16).writeByte(1);
    ByteBuf second = buffer(2, 3);
    held.add(ALLOCATOR, first);
    assertThat(held.add(ALLOCATOR, second)).isSameAs(first);
    assertThat(second.refCnt()).isZero();
    assertThat(taken()).containsExactly(1, 2, 3);
  }

  @Test
  void aBufferThatCannotGrowIsReplacedAndLetGo() {
    ByteBuf first = ALLOCATOR.buffer(2, 2).writeByte(1).writeByte(2);
    held.add(ALLOCATOR, first);
    held.add(ALLOCATOR, buffer(3));
    assertThat(first.refCnt()).isZero();
    assertThat(taken()).containsExactly(1, 2, 3);
  }

  @Test
  void onlyWhatHasNotBeenReadIsReadable() {
    assertThat(held.isEmpty()).isTrue();
    assertThat(held.isReadable()).isFalse();
    held.add(ALLOCATOR, buffer(1)).readByte();
    assertThat(held.isEmpty()).isFalse();
    assertThat(held.isReadable()).isFalse();
    held.discard();
  }

  @Test
  void whoTakesTheBytesOwnsThem() {
    held.add(ALLOCATOR, buffer(1));
    ByteBuf taken = Objects.requireNonNull(held.take());
    assertThat(held.take()).isNull();
    held.discard();
    assertThat(taken.refCnt()).isOne();
    taken.release();
  }

  private byte[] taken() {
    ByteBuf taken = Objects.requireNonNull(held.take());
    try {
      return ByteBufUtil.getBytes(taken);
    } finally {
      taken.release();
    }
  }

  private static ByteBuf buffer(int... bytes) {
    ByteBuf buffer = ALLOCATOR.buffer(bytes.length);
    for (int each : bytes) {
      buffer.writeByte(each);
    }
    return buffer;
  }
}
