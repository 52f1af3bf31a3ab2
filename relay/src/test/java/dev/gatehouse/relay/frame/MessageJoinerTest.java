package dev.gatehouse.relay.frame;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.gatehouse.testkit.LeakGuard;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LeakGuard.class)
class MessageJoinerTest {

  private final PooledByteBufAllocator allocator = PooledByteBufAllocator.DEFAULT;
  private final MessageJoiner joiner = new MessageJoiner(4);

  @Test
  void joinsFragmentsInTheirOrder() {
    add("ab");
    assertThat(joiner.isMidMessage()).isTrue();
    add("c");
    ByteBuf whole = joiner.take();
    assertThat(whole.toString(UTF_8)).isEqualTo("abc");
    whole.release();
    assertThat(joiner.isMidMessage()).isFalse();
    assertThatIllegalStateException().isThrownBy(joiner::take);
  }

  @Test
  void theLimitHoldsForTheSum() {
    add("abc");
    assertThat(tooMuch("d")).isFalse();
    assertThat(tooMuch("de")).isTrue();
    joiner.clear();
    assertThat(tooMuch("de")).isFalse();
    joiner.clear();
    assertThat(joiner.isMidMessage()).isFalse();
  }

  private void add(String text) {
    ByteBuf fragment = buffer(text);
    joiner.add(fragment, allocator);
    fragment.release();
  }

  private boolean tooMuch(String text) {
    ByteBuf fragment = buffer(text);
    try {
      return joiner.isTooMuch(fragment);
    } finally {
      fragment.release();
    }
  }

  private ByteBuf buffer(String text) {
    return allocator.buffer().writeBytes(text.getBytes(UTF_8));
  }
}
