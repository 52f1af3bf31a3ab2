package dev.gatehouse.proxy.l7.http1;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.kernel.metric.Metric;
import dev.gatehouse.net.firewall.Firewall;
import dev.gatehouse.net.listen.Listener;
import dev.gatehouse.proxy.l7.connection.Lobby;
import dev.gatehouse.proxy.traffic.CloseCause;
import dev.gatehouse.testkit.Hex;
import dev.gatehouse.testkit.LeakGuard;
import io.netty.buffer.ByteBuf;
import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What becomes of clients of HTTP/1 as time passes, without a backend. */
@ExtendWith(LeakGuard.class)
class Http1ClockTest {

  private Lobby lobby;
  private EmbeddedChannel channel;

  @BeforeEach
  void open() throws Exception {
    lobby = new Lobby("", "backend = \"127.0.0.1:9\"", Firewall.OPEN);
    channel = new EmbeddedChannel();
    channel.freezeTime();
    channel.pipeline().addLast(new Http1Frontend(lobby.connection(channel)));
  }

  @AfterEach
  void close() {
    channel.finishAndReleaseAll();
    lobby.close();
  }

  @Test
  void aConnectionWithoutARequestEndsInTime() throws Exception {
    pass(Duration.ofSeconds(74));
    assertThat(channel.isOpen()).isTrue();
    pass(Duration.ofSeconds(1));
    assertThat(channel.isOpen()).isFalse();
    assertThat(lobby.nextEnd()).contains(CloseCause.KEEPALIVE);
    assertThat(said()).isEmpty();
  }

  @Test
  void aHeadThatDoesNotEndIsAnsweredInTime() throws Exception {
    say("GET / HT");
    pass(Duration.ofSeconds(10).minusNanos(1));
    assertThat(said()).isEmpty();
    pass(Duration.ofNanos(1));
    assertThat(said()).startsWith("HTTP/1.1 408 Request Timeout$").contains("$Connection: close$");
    assertThat(channel.isOpen()).isFalse();
    assertThat(lobby.metric(Metric.PROXY_REQUESTS_REFUSED, "header_timeout")).isEqualTo(1);
    assertThat(lobby.nextEnd()).contains(CloseCause.REFUSED);
  }

  @Test
  void aHeadThatTricklesGainsNoTime() {
    for (int i = 0; i < 10; i++) {
      say("G");
      pass(Duration.ofMillis(999));
    }
    assertThat(said()).isEmpty();
    pass(Duration.ofMillis(10));
    assertThat(said()).startsWith("HTTP/1.1 408 ");
  }

  @Test
  void theTimeOfAHeadBeginsWithItsFirstByte() {
    pass(Duration.ofSeconds(70));
    say("GET / HT");
    pass(Duration.ofSeconds(9));
    assertThat(channel.isOpen()).isTrue();
    say("TP/1.1$Host: b.example$$");
    assertThat(said()).startsWith("HTTP/1.1 421 ");
  }

  @Test
  void anAnswerBeginsTheTimeOfAnIdleConnectionAnew() throws Exception {
    pass(Duration.ofSeconds(70));
    say("GET / HTTP/1.1$Host: b.example$$");
    assertThat(said()).startsWith("HTTP/1.1 421 ");
    pass(Duration.ofSeconds(74));
    assertThat(channel.isOpen()).isTrue();
    pass(Duration.ofSeconds(1));
    assertThat(lobby.nextEnd()).contains(CloseCause.KEEPALIVE);
  }

  @Test
  void aDrainEndsWhatIsIdleAtOnce() throws Exception {
    channel.pipeline().fireUserEventTriggered(Listener.Event.DRAIN);
    assertThat(channel.isOpen()).isFalse();
    assertThat(lobby.nextEnd()).contains(CloseCause.SHUTDOWN);
  }

  @Test
  void aRequestThatHasBegunIsAnsweredDuringADrainAndIsTheLast() {
    say("GET / HTTP/1.1$Ho");
    channel.pipeline().fireUserEventTriggered(Listener.Event.DRAIN);
    assertThat(channel.isOpen()).isTrue();
    say("st: b.example$$");
    assertThat(said()).startsWith("HTTP/1.1 421 ").contains("$Connection: close$");
    assertThat(channel.isOpen()).isFalse();
  }

  @Test
  void aClientThatIsGoneJustWent() throws Exception {
    channel.close();
    assertThat(lobby.nextEnd()).contains(CloseCause.CLIENT_CLOSED);
  }

  @Test
  void anErrorOfTheTransportIsAResetOfTheClient() throws Exception {
    say("GET / HT");
    channel.pipeline().fireExceptionCaught(new java.io.IOException("reset"));
    assertThat(channel.isOpen()).isFalse();
    assertThat(lobby.nextEnd()).contains(CloseCause.CLIENT_RESET);
  }

  @Test
  void nothingIsLookedAtAfterTheEnd() {
    channel.close();
    pass(Duration.ofHours(1));
    assertThat(channel.runScheduledPendingTasks()).isEqualTo(-1);
  }

  private void say(String text) {
    channel.writeInbound(Hex.buffer(hex(text.replace("$", "\r\n"))));
  }

  private static String hex(String text) {
    return java.util.HexFormat.of().formatHex(text.getBytes(ISO_8859_1));
  }

  private void pass(Duration time) {
    lobby.pass(time);
    channel.advanceTimeBy(Lobby.SWEEP.toNanos(), TimeUnit.NANOSECONDS);
    channel.runScheduledPendingTasks();
  }

  /** All that was written since the last question. */
  private String said() {
    StringBuilder said = new StringBuilder();
    for (ByteBuf out = channel.readOutbound(); out != null; out = channel.readOutbound()) {
      said.append(out.toString(ISO_8859_1));
      out.release();
    }
    return said.toString().replace("\r\n", "$");
  }
}
