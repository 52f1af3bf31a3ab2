package dev.gatehouse.proxy.l7.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SendStallTest {

  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final long SECOND = Duration.ofSeconds(1).toNanos();
  private static final long MUCH = 100 * 1024;

  private final SendStall stall = new SendStall();

  @Test
  void whereNothingWaitsNobodyStalls() {
    assertThat(look(0, 0, 0)).isFalse();
    assertThat(look(1000, MUCH, 0)).isFalse();
    assertThat(look(2000, MUCH, 0)).isFalse();
  }

  @Test
  void theTimeBeginsWhenSomethingIsSeenToWait() {
    look(0, 0, 0);
    assertThat(look(100, MUCH, MUCH)).isFalse();
    assertThat(look(129, MUCH, MUCH)).isFalse();
    assertThat(look(130, MUCH, MUCH)).isTrue();
  }

  @Test
  void aByteNowAndThenIsNoProgress() {
    look(0, MUCH, MUCH);
    for (int i = 1; i < 30; i++) {
      assertThat(look(i, MUCH, MUCH - i)).isFalse();
    }
    assertThat(look(30, MUCH, MUCH - 30)).isTrue();
  }

  @Test
  void sixteenKibibytesAreProgress() {
    look(0, MUCH, MUCH);
    assertThat(look(29, MUCH, MUCH - 16 * 1024 + 1)).isFalse();
    assertThat(look(30, MUCH, MUCH - 16 * 1024)).isFalse();
    assertThat(look(59, MUCH, MUCH - 16 * 1024)).isFalse();
    assertThat(look(60, MUCH, MUCH - 16 * 1024)).isTrue();
  }

  @Test
  void moreThatIsWrittenIsNoProgressOfTheClient() {
    look(0, MUCH, MUCH);
    assertThat(look(30, 2 * MUCH, 2 * MUCH)).isTrue();
  }

  @Test
  void anEmptyQueueIsProgressHoweverLittleWasInIt() {
    look(0, 10, 10);
    look(29, 10, 0);
    assertThat(look(30, 20, 10)).isFalse();
    assertThat(look(59, 20, 10)).isFalse();
    assertThat(look(60, 20, 10)).isTrue();
  }

  @Test
  void withoutALimitNobodyStalls() {
    stall.look(0, MUCH, MUCH, Duration.ZERO);
    assertThat(stall.look(1_000_000 * SECOND, MUCH, MUCH, Duration.ZERO)).isFalse();
  }

  @Test
  void whatWaitsInAChannelIsCountedUntilItIsClosed() {
    EmbeddedChannel channel = new EmbeddedChannel();
    assertThat(SendStall.queued(channel)).isZero();
    channel.write(Unpooled.wrappedBuffer(new byte[100]));
    assertThat(SendStall.queued(channel)).isGreaterThanOrEqualTo(100);
    channel.finishAndReleaseAll();
    assertThat(SendStall.queued(channel)).isZero();
  }

  private boolean look(int seconds, long written, long waiting) {
    return stall.look(seconds * SECOND, written, waiting, LIMIT);
  }
}
