package dev.gatehouse.tracker.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.ManualTicker;
import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ConnectionTimerTest {

  private final ManualTicker ticker = new ManualTicker();
  private final EmbeddedChannel channel = new EmbeddedChannel();
  private final ConnectionTimer timer = new ConnectionTimer(channel.eventLoop(), ticker);
  private final List<String> expired = new ArrayList<>();

  @Test
  void aDeadlineThatPassesIsTold() {
    timer.set(Duration.ofSeconds(5), () -> expired.add("a"));
    advance(Duration.ofSeconds(4));
    assertThat(expired).isEmpty();
    advance(Duration.ofSeconds(1));
    assertThat(expired).containsExactly("a");
    advance(Duration.ofHours(1));
    assertThat(expired).containsExactly("a");
  }

  @Test
  void aDeadlineMayMoveFurtherAway() {
    timer.set(Duration.ofSeconds(5), () -> expired.add("a"));
    advance(Duration.ofSeconds(4));
    timer.set(Duration.ofSeconds(30), () -> expired.add("b"));
    advance(Duration.ofSeconds(29));
    assertThat(expired).isEmpty();
    advance(Duration.ofSeconds(1));
    assertThat(expired).containsExactly("b");
  }

  @Test
  void aDeadlineMayComeNearer() {
    timer.set(Duration.ofSeconds(30), () -> expired.add("a"));
    timer.set(Duration.ofSeconds(5), () -> expired.add("b"));
    advance(Duration.ofSeconds(5));
    assertThat(expired).containsExactly("b");
    advance(Duration.ofSeconds(30));
    assertThat(expired).containsExactly("b");
  }

  @Test
  void aDeadlineThatIsClearedIsNotTold() {
    timer.set(Duration.ofSeconds(5), () -> expired.add("a"));
    timer.clear();
    advance(Duration.ofSeconds(10));
    assertThat(expired).isEmpty();
    timer.set(Duration.ofSeconds(5), () -> expired.add("b"));
    advance(Duration.ofSeconds(5));
    assertThat(expired).containsExactly("b");
  }

  @Test
  void nothingRunsOnceItIsCancelled() {
    timer.set(Duration.ofSeconds(5), () -> expired.add("a"));
    timer.cancel();
    assertThat(channel.runScheduledPendingTasks()).isEqualTo(-1);
    advance(Duration.ofSeconds(10));
    assertThat(expired).isEmpty();
  }

  private void advance(Duration time) {
    ticker.advance(time);
    channel.advanceTimeBy(time.toNanos(), TimeUnit.NANOSECONDS);
    channel.runScheduledPendingTasks();
  }
}
