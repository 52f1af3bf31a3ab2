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
  private final MessageJoiner joiner = new MessageJoiner();

  @Test
  void joinsFragmentsInTheirOrder() {
    add("ab");
    add("c");
    ByteBuf whole = joiner.take();
    assertThat(whole.toString(UTF_8)).isEqualTo("abc");
    whole.release();
    assertThatIllegalStateException().isThrownBy(joiner::take);
  }

  @Test
  void forgetsWhatWasAdded() {
    add("abc");
    joiner.clear();
    joiner.clear();
    assertThatIllegalStateException().isThrownBy(joiner::take);
  }

  private void add(String text) {
    ByteBuf fragment = buffer(text);
    joiner.add(fragment, allocator);
    fragment.release();
  }

  private ByteBuf buffer(String text) {
    return allocator.buffer().writeBytes(text.getBytes(UTF_8));
  }
}
