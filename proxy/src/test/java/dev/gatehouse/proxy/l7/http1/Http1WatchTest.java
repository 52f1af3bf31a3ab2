package dev.gatehouse.proxy.l7.http1;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.proxy.config.HttpTimeouts;
import dev.gatehouse.proxy.l7.http1.Http1Watch.Waits;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class Http1WatchTest {

  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  private final Witness client = new Witness();
  private Http1Watch watch = new Http1Watch(client, timeouts(75, 10, 30), 0);

  @AfterEach
  void close() {
    client.channel.finishAndReleaseAll();
  }

  @Test
  void aConnectionWithoutARequestIsIdleInTime() {
    watch.look(75 * SECOND - 1);
    assertThat(client.told).isEmpty();
    watch.look(75 * SECOND);
    assertThat(client.told).containsExactly("idle");
  }

  @Test
  void onlyTheFirstByteOfAHeadCounts() {
    watch.headBegun(5 * SECOND);
    watch.headBegun(14 * SECOND);
    watch.look(15 * SECOND - 1);
    assertThat(client.told).isEmpty();
    watch.look(15 * SECOND);
    assertThat(client.told).containsExactly("head too slow");
  }

  @Test
  void anExchangeHasClocksOfItsOwn() {
    watch.waits(Waits.FOR_EXCHANGE, 0);
    watch.headBegun(SECOND);
    watch.look(10_000 * SECOND);
    assertThat(client.told).isEmpty();
  }

  @Test
  void theLastAnswerMayBeReadForASecond() {
    watch.waits(Waits.FOR_END, SECOND);
    watch.look(2 * SECOND - 1);
    assertThat(client.told).isEmpty();
    watch.look(2 * SECOND);
    assertThat(client.told).containsExactly("discarded long enough");
  }

  @Test
  void aClientThatTakesNothingIsStalledWhateverIsWaitedFor() {
    watch.waits(Waits.FOR_EXCHANGE, 0);
    client.channel.write(Unpooled.wrappedBuffer(new byte[100]));
    watch.wrote(100);
    watch.look(SECOND);
    watch.look(31 * SECOND - 1);
    assertThat(client.told).isEmpty();
    watch.look(31 * SECOND);
    assertThat(client.told).containsExactly("stalled");
  }

  @Test
  void aClientThatTakesEverythingIsNotStalled() {
    client.channel.write(Unpooled.wrappedBuffer(new byte[100]));
    watch.wrote(100);
    watch.look(SECOND);
    client.channel.flush();
    watch.look(31 * SECOND);
    assertThat(client.told).isEmpty();
  }

  @Test
  void zeroIsForEver() {
    watch = new Http1Watch(client, timeouts(0, 0, 0), 0);
    client.channel.write(Unpooled.wrappedBuffer(new byte[100]));
    watch.look(1);
    watch.look(100_000 * SECOND);
    watch.headBegun(1);
    watch.look(200_000 * SECOND);
    assertThat(client.told).isEmpty();
  }

  private static HttpTimeouts timeouts(int keepAlive, int head, int stall) {
    return new HttpTimeouts(
        Duration.ofSeconds(keepAlive),
        Duration.ofSeconds(head),
        Duration.ZERO,
        0,
        Duration.ofSeconds(stall),
        Duration.ZERO,
        Duration.ZERO,
        Duration.ZERO);
  }

  private static final class Witness implements Http1Watch.Watched {

    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final List<String> told = new ArrayList<>();

    @Override
    public Channel channel() {
      return channel;
    }

    @Override
    public void headTooSlow() {
      told.add("head too slow");
    }

    @Override
    public void idle() {
      told.add("idle");
    }

    @Override
    public void stalled() {
      told.add("stalled");
    }

    @Override
    public void discardedLongEnough() {
      told.add("discarded long enough");
    }
  }
}
