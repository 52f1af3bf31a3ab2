package dev.gatehouse.control.ops.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.control.ops.page.Answer;
import dev.gatehouse.control.ops.page.PathLabel;
import dev.gatehouse.control.ops.page.Route;
import dev.gatehouse.control.ops.page.Routes;
import dev.gatehouse.kernel.metric.EventCounters;
import dev.gatehouse.net.listen.Listener;
import dev.gatehouse.testkit.LeakGuard;
import dev.gatehouse.testkit.ManualTicker;
import io.netty.buffer.ByteBuf;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** One connection, with its time in the test's hand. */
@ExtendWith(LeakGuard.class)
class ExchangeTest {

  private static final String REQUEST = "GET /page HTTP/1.1\r\n\r\n";

  private final Deque<Runnable> waiting = new ArrayDeque<>();
  private int headersExpired;
  private EmbeddedChannel channel = connect(Runnable::run);

  @AfterEach
  void everythingIsUndoneAfterTheClose() {
    channel.close();
    channel.runPendingTasks();
    assertThat(channel.runScheduledPendingTasks()).as("timers left").isEqualTo(-1);
    channel.releaseOutbound();
  }

  @Test
  void theTimesAreThoseOfThePublicListeners() {
    assertThat(Limits.HEADER).isEqualTo(Duration.ofSeconds(5));
    assertThat(Limits.READ).isEqualTo(Duration.ofSeconds(60));
    assertThat(Limits.WRITE).isEqualTo(Duration.ofSeconds(60));
    assertThat(Limits.IDLE).isEqualTo(Duration.ofMinutes(2));
    assertThat(Limits.HEADER_BYTES).isEqualTo(16_384);
  }

  @Test
  void aSilentPeerIsClosedAfterFiveSecondsWithoutAnAnswer() {
    advance(4_999);
    assertThat(channel.isOpen()).isTrue();
    advance(1);
    assertClosedSilently();
    assertThat(headersExpired).isEqualTo(1);
  }

  @Test
  void bytesThatTrickleBuyNoTime() {
    for (int i = 0; i < 5; i++) {
      send(REQUEST.substring(i, i + 1));
      advance(999);
    }
    assertThat(channel.isOpen()).isTrue();
    send(REQUEST.substring(5, 6));
    advance(5);
    assertClosedSilently();
  }

  @Test
  void onAKeptConnectionTheHeaderTimeBeginsWithItsFirstByte() {
    send(REQUEST);
    assertThat(answer()).startsWith("HTTP/1.1 200 ");
    advance(100_000);
    send("G");
    advance(4_999);
    assertThat(channel.isOpen()).isTrue();
    advance(1);
    assertClosedSilently();
  }

  @Test
  void anIdleConnectionIsClosedAfterTwoMinutes() {
    send(REQUEST);
    assertThat(answer()).startsWith("HTTP/1.1 200 ");
    advance(119_999);
    assertThat(channel.isOpen()).isTrue();
    advance(1);
    assertClosedSilently();
    assertThat(headersExpired).isZero();
  }

  @Test
  void aBodyThatDoesNotComeEndsTheRequestAfterAMinute() {
    advance(2_000);
    send("POST /page HTTP/1.1\r\nContent-Length: 2\r\n\r\nx");
    advance(57_999);
    assertThat(channel.isOpen()).isTrue();
    advance(1);
    assertClosedSilently();
    assertThat(headersExpired).isZero();
  }

  @Test
  void anAnswerThatDoesNotComeEndsTheConnectionAfterAMinute() {
    channel.close();
    channel = connect(waiting::add);
    send(REQUEST);
    advance(59_999);
    assertThat(channel.isOpen()).isTrue();
    advance(1);
    assertClosedSilently();
    waiting.remove().run();
    channel.runPendingTasks();
    assertThat(channel.<Object>readOutbound()).as("too late").isNull();
  }

  @Test
  void theNextRequestWaitsUntilTheAnswerBeforeItIsWritten() {
    channel.close();
    channel = connect(waiting::add);
    send(REQUEST + REQUEST + REQUEST);
    for (int left = 3; left > 0; left--) {
      assertThat(waiting).hasSize(1);
      waiting.remove().run();
      channel.runPendingTasks();
      assertThat(answer()).startsWith("HTTP/1.1 200 ");
    }
    assertThat(waiting).isEmpty();
  }

  @Test
  void requestsThatWaitAreReleasedWhenTheirPeerLeaves() {
    channel.close();
    channel = connect(waiting::add);
    send(REQUEST + "POST /page HTTP/1.1\r\nContent-Length: 4\r\n\r\nbody" + REQUEST);
    channel.close();
    assertThat(waiting).hasSize(1);
  }

  @Test
  void anythingBehindABadRequestIsDropped() {
    send("GET /page HTTP/1.1\nbad\n\n" + REQUEST);
    assertThat(answer()).startsWith("HTTP/1.1 400 ");
    assertThat(channel.isOpen()).isFalse();
  }

  @Test
  void whoEndsTheirSideBetweenRequestsIsClosed() {
    send(REQUEST);
    assertThat(answer()).startsWith("HTTP/1.1 200 ");
    channel.pipeline().fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
    assertThat(channel.isOpen()).isFalse();
  }

  @Test
  void whoEndsTheirSideWithinARequestIsClosedWithoutAnAnswer() {
    send("GET /pa");
    channel.pipeline().fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
    assertClosedSilently();
  }

  @Test
  void whoEndsTheirSideAfterARequestGetsTheAnswer() {
    channel.close();
    channel = connect(waiting::add);
    send(REQUEST);
    channel.pipeline().fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
    assertThat(channel.isOpen()).isTrue();
    waiting.remove().run();
    channel.runPendingTasks();
    assertThat(answer()).startsWith("HTTP/1.1 200 ");
    assertThat(channel.isOpen()).isFalse();
  }

  @Test
  void aDrainClosesWhoIsIdle() {
    channel.pipeline().fireUserEventTriggered(Listener.Event.DRAIN);
    assertClosedSilently();
  }

  @Test
  void aDrainLetsTheAnswerOutAndSaysThatItIsTheLast() {
    channel.close();
    channel = connect(waiting::add);
    send(REQUEST + REQUEST);
    channel.pipeline().fireUserEventTriggered(Listener.Event.DRAIN);
    waiting.remove().run();
    channel.runPendingTasks();
    assertThat(answer()).contains("Connection: close");
    assertThat(channel.isOpen()).isFalse();
    assertThat(waiting).isEmpty();
  }

  @Test
  void anAnswerIsTheSameHoweverTheRequestIsCut() {
    for (int cut = 1; cut < REQUEST.length(); cut++) {
      send(REQUEST.substring(0, cut));
      assertThat(channel.<Object>readOutbound()).as("after %d bytes", cut).isNull();
      send(REQUEST.substring(cut));
      assertThat(answer()).startsWith("HTTP/1.1 200 ").endsWith("\r\n\r\npage");
    }
  }

  private EmbeddedChannel connect(Executor pages) {
    Route page = new Route("/page", PathLabel.SERVICE, accept -> Answer.text(200, "page"));
    Connections connections =
        new Connections(
            new Routes(List.of(page)),
            new HostCheck(List.of()),
            new EventCounters(),
            new ManualTicker(),
            pages,
            () -> headersExpired++);
    EmbeddedChannel connected = new EmbeddedChannel();
    connected.freezeTime();
    connected.config().setAutoRead(false);
    connections.accept(connected);
    return connected;
  }

  private void advance(long millis) {
    channel.advanceTimeBy(millis, TimeUnit.MILLISECONDS);
    channel.runScheduledPendingTasks();
    channel.runPendingTasks();
  }

  private void send(String text) {
    ByteBuf bytes = channel.alloc().buffer();
    bytes.writeCharSequence(text, US_ASCII);
    channel.writeInbound(bytes);
  }

  private String answer() {
    StringBuilder answer = new StringBuilder();
    for (ByteBuf part = channel.readOutbound(); part != null; part = channel.readOutbound()) {
      answer.append(part.toString(US_ASCII));
      part.release();
    }
    return answer.toString();
  }

  private void assertClosedSilently() {
    assertThat(channel.isOpen()).isFalse();
    assertThat(answer()).isEmpty();
  }
}
