package dev.gatehouse.proxy.hello;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.kernel.metric.EventCounters;
import dev.gatehouse.kernel.metric.Metric;
import dev.gatehouse.net.listen.Listener;
import dev.gatehouse.proxy.config.HelloLimits;
import dev.gatehouse.testkit.Hex;
import dev.gatehouse.testkit.LeakGuard;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(LeakGuard.class)
class HelloHandlerTest {

  /** A hello of one record for git.example.org, RFC 8446 section 4.1.2. */
  private static final byte[] NAMED =
      Hex.bytes(
          "16030100800100007c0303000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"
              + "0000041301c02b0100004f00000014001200000f6769742e6578616d706c652e6f7267000a0006"
              + "0004001d0017000d000800060403080404010010000e000c02683208687474702f312e31002b00"
              + "050403040303003300020000");

  /** The same without any extension. */
  private static final byte[] UNNAMED =
      Hex.bytes(
          "160301002f0100002b0303000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"
              + "0000041301c02b0100");

  private static final String LISTENER = "[::]:443";

  private final EventCounters counters = new EventCounters();
  private final List<Greeting> greetings = new ArrayList<>();
  private EmbeddedChannel channel = connect(new HelloLimits(Duration.ofSeconds(10), 16 * 1024, 64));

  @AfterEach
  void release() {
    greetings.forEach(greeting -> greeting.bytes().release());
    channel.finishAndReleaseAll();
  }

  @Test
  void handsTheHelloOnWithEveryByteAndLeaves() {
    byte[] sent = joined(NAMED, Hex.bytes("1403030001 01"));
    receive(sent);
    assertThat(greetings).hasSize(1);
    assertThat(greetings.getFirst().hello().serverName()).get().hasToString("git.example.org");
    assertThat(ByteBufUtil.getBytes(greetings.getFirst().bytes())).isEqualTo(sent);
    assertThat(channel.pipeline().get(HelloHandler.class)).isNull();
    assertThat(channel.hasPendingTasks() ? channel.runScheduledPendingTasks() : -1)
        .as("the deadline is gone")
        .isEqualTo(-1);
    assertThat(outcome("ok")).isEqualTo(1);
  }

  @Test
  void aHelloMaySplitAtAnyByte() {
    for (int at = 1; at < NAMED.length; at++) {
      greetings.forEach(greeting -> greeting.bytes().release());
      greetings.clear();
      channel.finishAndReleaseAll();
      channel = connect(new HelloLimits(Duration.ofSeconds(10), 16 * 1024, 64));
      receive(Arrays.copyOf(NAMED, at));
      assertThat(greetings).as("after %d bytes", at).isEmpty();
      receive(Arrays.copyOfRange(NAMED, at, NAMED.length));
      assertThat(greetings).as("split at %d", at).hasSize(1);
      assertThat(ByteBufUtil.getBytes(greetings.getFirst().bytes())).isEqualTo(NAMED);
    }
  }

  @Test
  void aHelloWithoutANameIsNoFault() {
    receive(UNNAMED);
    assertThat(greetings).hasSize(1);
    assertThat(greetings.getFirst().hello().serverName()).isEmpty();
    assertThat(outcome("no_sni")).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    "474554202f20485454502f312e310d0a, not_tls",
    "50524f585920544350342031, not_tls",
    "5353482d322e302d, not_tls",
    "80460103, not_tls",
    "15030100020100, malformed",
    "1603014001, malformed",
    "1603010000, malformed",
    "160301000401ffffff, too_big",
    "16030100040200007c, malformed",
  })
  void whatIsNoHelloIsResetAndCountedAndNeverRouted(String bytes, String outcome) {
    receive(Hex.bytes(bytes));
    assertThat(channel.isOpen()).isFalse();
    assertThat(greetings).isEmpty();
    assertThat(outcome(outcome)).isEqualTo(1);
  }

  @Test
  void halfAHelloAndSilenceEndsAtTheDeadlineWhateverTrickles() {
    receive(Arrays.copyOf(NAMED, 60));
    channel.advanceTimeBy(9, TimeUnit.SECONDS);
    receive(Arrays.copyOfRange(NAMED, 60, 61));
    channel.runScheduledPendingTasks();
    assertThat(channel.isOpen()).isTrue();
    channel.advanceTimeBy(1, TimeUnit.SECONDS);
    channel.runScheduledPendingTasks();
    assertThat(channel.isOpen()).isFalse();
    assertThat(outcome("timeout")).isEqualTo(1);
  }

  @Test
  void whoLeavesBeforeTheHelloIsWholeIsCountedAndClosed() {
    receive(Arrays.copyOf(NAMED, 20));
    channel.pipeline().fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
    assertThat(channel.isOpen()).isFalse();
    assertThat(outcome("eof")).isEqualTo(1);
  }

  @Test
  void aResetBeforeTheHelloIsNoStoryEither() {
    channel.pipeline().fireExceptionCaught(new IOException("Connection reset by peer"));
    assertThat(channel.isOpen()).isFalse();
    assertThat(outcome("eof")).isEqualTo(1);
  }

  @Test
  void aDrainResetsWhoHasNotSaidWhereTo() {
    receive(Arrays.copyOf(NAMED, 20));
    channel.pipeline().fireUserEventTriggered(Listener.Event.DRAIN);
    assertThat(channel.isOpen()).isFalse();
    assertThat(greetings).isEmpty();
  }

  private EmbeddedChannel connect(HelloLimits limits) {
    return new EmbeddedChannel(
        new HelloHandler(
            limits,
            new HelloCounters(LISTENER, counters),
            (from, greeting) -> greetings.add(greeting)));
  }

  private void receive(byte[] bytes) {
    ByteBuf buffer = channel.alloc().buffer(bytes.length).writeBytes(bytes);
    channel.writeInbound(buffer);
  }

  private long outcome(String label) {
    return counters.counter(Metric.PROXY_HELLO, LISTENER, label).sum();
  }

  private static byte[] joined(byte[] first, byte[] second) {
    byte[] all = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, all, first.length, second.length);
    return all;
  }
}
