package dev.gatehouse.net.listen;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.LogGuard;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class AcceptFailuresTest {

  private final IOException noDescriptors = new IOException("Too many open files");

  @RegisterExtension final LogGuard logs = new LogGuard();

  private final AcceptFailures failures = new AcceptFailures("127.0.0.1:443");
  private final EmbeddedChannel server = new EmbeddedChannel(failures);

  @BeforeEach
  void holdTime() {
    server.freezeTime();
    logs.expect("accept_failed");
  }

  @Test
  void acceptingGoesOnAfterAShortPause() {
    fail();
    advance(AcceptFailures.PAUSE_MILLIS - 1);
    assertThat(server.config().isAutoRead()).isFalse();
    advance(1);
    assertThat(server.config().isAutoRead()).isTrue();
    assertThat(failures.last()).isSameAs(noDescriptors);
  }

  @Test
  void aListenerThatWasClosedMeanwhileStaysClosed() {
    fail();
    server.close();
    advance(AcceptFailures.PAUSE_MILLIS);
    assertThat(server.config().isAutoRead()).isFalse();
  }

  @Test
  void failuresInARowAreALineASecond() {
    for (int i = 0; i < 10; i++) {
      fail();
      advance(AcceptFailures.PAUSE_MILLIS);
    }
    assertThat(logs.events("accept_failed")).hasSize(1);
    assertThat(logs.events("accept_failed").getFirst().fields())
        .containsEntry("listener", "127.0.0.1:443")
        .containsEntry("err", "Too many open files");
    fail();
    assertThat(logs.events("accept_failed")).hasSize(2);
  }

  /** As the acceptor before it does. */
  private void fail() {
    server.config().setAutoRead(false);
    server.pipeline().fireExceptionCaught(noDescriptors);
  }

  private void advance(long millis) {
    server.advanceTimeBy(millis, TimeUnit.MILLISECONDS);
    server.runScheduledPendingTasks();
  }
}
