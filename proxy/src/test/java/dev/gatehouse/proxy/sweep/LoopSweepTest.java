package dev.gatehouse.proxy.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.ManualTicker;
import io.netty.channel.EventLoop;
import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LoopSweepTest {

  private final ManualTicker ticker = new ManualTicker();
  private final LoopSweep sweep = new LoopSweep(ticker, Duration.ofSeconds(1));
  private final EmbeddedChannel channel = new EmbeddedChannel();
  private final EventLoop loop = channel.eventLoop();
  private final List<String> looks = new ArrayList<>();

  private final class Seen extends LoopSweep.Swept {
    private final String name;
    private boolean leavesWhenLookedAt;

    Seen(String name) {
      this.name = name;
    }

    @Override
    public void look(long nowNanos) {
      looks.add(name);
      if (leavesWhenLookedAt) {
        sweep.remove(loop, this);
      }
    }
  }

  @Test
  void looksAtEveryConnectionOncePerRound() {
    add("a");
    add("b");
    add("c");
    pass();
    assertThat(looks).containsExactlyInAnyOrder("a", "b", "c");
  }

  @Test
  void whoRemovesItselfWhileLookedAtHidesNobodyElse() {
    for (int i = 0; i < 9; i++) {
      add("n" + i).leavesWhenLookedAt = i % 2 == 0;
    }
    pass();
    assertThat(looks).hasSize(9).doesNotHaveDuplicates();
    looks.clear();
    pass();
    assertThat(looks).containsExactlyInAnyOrder("n1", "n3", "n5", "n7");
  }

  @Test
  void removingTwiceIsRemovingOnce() {
    Seen first = add("a");
    add("b");
    sweep.remove(loop, first);
    sweep.remove(loop, first);
    pass();
    assertThat(looks).containsExactly("b");
  }

  @Test
  void theClockStopsWithTheLastConnectionAndStartsWithTheNext() {
    Seen only = add("a");
    sweep.remove(loop, only);
    pass();
    assertThat(channel.runScheduledPendingTasks()).as("nothing is due any more").isEqualTo(-1);
    add("b");
    pass();
    assertThat(looks).containsExactly("b");
  }

  private Seen add(String name) {
    Seen seen = new Seen(name);
    sweep.add(loop, seen);
    return seen;
  }

  private void pass() {
    channel.advanceTimeBy(1, TimeUnit.SECONDS);
    channel.runScheduledPendingTasks();
  }
}
