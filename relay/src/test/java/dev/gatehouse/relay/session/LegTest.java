package dev.gatehouse.relay.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.kernel.metric.EventCounters;
import dev.gatehouse.kernel.metric.Histogram;
import dev.gatehouse.kernel.metric.Metric;
import dev.gatehouse.relay.config.SendOpcode;
import dev.gatehouse.relay.config.SessionSettings;
import dev.gatehouse.relay.gate.Close;
import dev.gatehouse.relay.gate.CloseCause;
import dev.gatehouse.testkit.LeakGuard;
import dev.gatehouse.testkit.ManualTicker;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.IOException;
import java.time.Duration;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sections 2.9, 2.12 and 7.4 of the relay's specification. */
@ExtendWith(LeakGuard.class)
class LegTest {

  private static final String TEXT = "81 87 37fa213d 4cd8401f0dcb5c";
  private static final int MAX = 262_144;

  private final ManualTicker ticker = new ManualTicker();
  private final ScriptedTalk talk = new ScriptedTalk();
  private final Histogram roundTrips =
      new EventCounters().histogram(Metric.RELAY_PING_RTT_SECONDS, "client");
  private final EmbeddedChannel channel = new EmbeddedChannel();
  private final Leg leg = open(SendOpcode.BINARY);

  @AfterEach
  void close() {
    channel.finishAndReleaseAll();
    talk.release();
  }

  @Test
  void readsTheVectorOfTheSpecificationInOnePieceAndByteByByte() {
    read(TEXT);
    assertThat(talk.received).containsExactly("{\"a\":1}");
    for (byte each : bytes(TEXT)) {
      channel.writeInbound(channel.alloc().buffer().writeByte(each));
    }
    assertThat(talk.received).containsExactly("{\"a\":1}", "{\"a\":1}");
  }

  @Test
  void writesOneUnmaskedFrameForEachMessage() {
    talk.add("{\"conn_id\":\"c1\",\"frame\":{\"a\":1}}");
    pump();
    assertThat(written())
        .isEqualTo("82207b22636f6e6e5f6964223a226331222c226672616d65223a7b2261223a317d7d");
    assertThat(talk.sent).containsExactly("32 whole");
    assertThat(talk.drained).isPositive();
  }

  @Test
  void writesLongFramesWithTheShortestLengthThatHoldsThem() {
    talk.add("x".repeat(300));
    pump();
    assertThat(written()).startsWith("827e012c7878");
    talk.add("x".repeat(MAX));
    pump();
    assertThat(written()).startsWith("827f00000000000400007878");
  }

  @Test
  void mirrorsTheKindOfTheLastMessage() {
    EmbeddedChannel other = new EmbeddedChannel();
    ScriptedTalk mirrored = new ScriptedTalk();
    Leg mirroring = open(other, mirrored, SendOpcode.MIRROR);
    mirrored.add("1");
    mirroring.pump();
    other.runPendingTasks();
    other.writeInbound(buffer(TEXT));
    mirrored.add("2");
    mirroring.pump();
    other.runPendingTasks();
    assertThat(hex(other)).isEqualTo("820131" + "810132");
    other.finishAndReleaseAll();
  }

  @ParameterizedTest
  @CsvSource({
    "SHUTDOWN, 880f03e97368757474696e6720646f776e",
    "HEARTBEAT, 881303f36865617274626561742074696d656f7574",
    "OUTBOX_FULL, 881403f370686f6e65206261636b6c6f672066756c6c",
    "PHONE_WRITE_FAILED, 881403f370686f6e65207772697465206661696c6564",
    "NO_SERVER, 881811346e6f2073657276657220776974682074686174206964",
    "RECLAIMED, 881c113462696e617279207265636c61696d6564207365727665722d6964",
    "CONFLICT, 881b11397365727665722d696420616c726561647920636c61696d6564",
    "AT_CAP, 881f114d746f6f206d616e792070686f6e657320666f72207365727665722d6964",
  })
  void saysWhyItCloses(CloseCause cause, String frame) {
    leg.close(cause);
    assertThat(written()).isEqualTo(frame);
    assertThat(talk.ended).containsExactly(cause + " " + cause.close().code());
  }

  @Test
  void closesWithWordsOfItsOwnAndOnlyOnce() {
    leg.close(CloseCause.DIRECTIVE, new Close(4401, ""));
    leg.close(CloseCause.SHUTDOWN);
    assertThat(written()).isEqualTo("88021131");
    assertThat(talk.ended).containsExactly("DIRECTIVE 4401");
    assertThat(channel.isOpen()).isTrue();
  }

  @Test
  void hearsNothingAfterItHasClosedButThePeersLastWord() {
    leg.close(CloseCause.KICKED);
    read(TEXT);
    assertThat(talk.received).isEmpty();
    read("88 82 00000000 03e8");
    assertThat(channel.isOpen()).isFalse();
    assertThat(talk.ended).hasSize(1);
  }

  @Test
  void cutsAPeerThatDoesNotClose() {
    leg.close(CloseCause.KICKED);
    tickAfter(Duration.ofMillis(4999));
    assertThat(channel.isOpen()).isTrue();
    tickAfter(Duration.ofMillis(1));
    assertThat(channel.isOpen()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "88 82 00000000 03e8, 880203e8, PEER_CLOSE 1000",
    "88 82 00000000 0fa0, 88020fa0, PEER_CLOSE 4000",
    "88 85 00000000 03e9 627965, 880203e9, PEER_CLOSE 1001",
    "88 80 00000000, 880203e8, PEER_CLOSE 1005",
  })
  void echoesThePeersClose(String frame, String echo, String ended) {
    read(frame);
    assertThat(written()).isEqualTo(echo);
    assertThat(talk.ended).containsExactly(ended);
    assertThat(channel.isOpen()).isFalse();
  }

  @Test
  void aPeerThatIsGoneHasDropped() {
    channel.close();
    assertThat(talk.ended).containsExactly("PEER_DROP 1001");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "81 07 7b2261223a317d",
        "c1 87 37fa213d 4cd8401f0dcb5c",
        "91 87 37fa213d 4cd8401f0dcb5c",
        "83 80 00000000",
        "8b 80 00000000",
        "89 fe 007e 00000000",
        "09 80 00000000",
        "80 80 00000000",
        "01 80 00000000 81 80 00000000",
        "81 fe 0005 00000000 3132333435",
        "81 ff 0000000000000005 00000000 3132333435",
        "81 ff 8000000000000000 00000000",
        "88 81 00000000 03",
        "88 82 00000000 03ed",
        "88 82 00000000 03e7",
        "88 82 00000000 1388",
        "88 82 00000000 ffff",
      })
  void violationsOfTheProtocolAreErrors(String frames) {
    read(frames);
    assertThat(written()).isEqualTo("881003ea70726f746f636f6c206572726f72");
    assertThat(talk.ended).containsExactly("PROTOCOL_ERROR 1002");
  }

  @ParameterizedTest
  @ValueSource(strings = {"88 84 00000000 03e8 ffff", "88 86 00000000 03e8 cebae1bd"})
  void aReasonThatIsNotTextIsSaidToBeSo(String close) {
    read(close);
    assertThat(talk.ended).containsExactly("NOT_TEXT 1007");
  }

  @Test
  void fragmentsAreJoinedWithAPingBetweenThem() {
    read("01 81 00000000 61", "89 81 00000000 70", "00 81 00000000 62", "80 81 00000000 63");
    assertThat(talk.received).containsExactly("abc");
    assertThat(written()).isEqualTo("8a0170");
  }

  @Test
  void aMessageAtTheLimitPassesAndOneBeyondIsRefusedByItsHeader() {
    channel.writeInbound(buffer("82 ff 0000000000040000 00000000"));
    channel.writeInbound(channel.alloc().buffer(MAX).writeZero(MAX));
    assertThat(talk.received).hasSize(1);
    read("82 ff 0000000000040001 00000000");
    assertThat(talk.ended).containsExactly("TOO_BIG 1009");
    assertThat(written()).isEqualTo("881103f16d65737361676520746f6f20626967");
  }

  @Test
  void theLimitHoldsForAllFragmentsTogether() {
    channel.writeInbound(buffer("02 ff 0000000000040000 00000000"));
    channel.writeInbound(channel.alloc().buffer(MAX).writeZero(MAX));
    read("80 81 00000000 61");
    assertThat(talk.ended).containsExactly("TOO_BIG 1009");
    assertThat(talk.received).isEmpty();
  }

  @Test
  void asksAfterTheIntervalAndGivesUpAfterTheTimeout() {
    tickAfter(Duration.ofMillis(29_999));
    assertThat(written()).isEmpty();
    tickAfter(Duration.ofMillis(1));
    assertThat(written()).isEqualTo("89080000000000000000");
    tickAfter(Duration.ofMillis(29_999));
    assertThat(talk.ended).isEmpty();
    tickAfter(Duration.ofMillis(1));
    assertThat(talk.ended).containsExactly("HEARTBEAT 1011");
  }

  @ParameterizedTest
  @ValueSource(strings = {TEXT, "8a 80 00000000", "89 80 00000000"})
  void anyWholeFrameProvesLife(String frame) {
    tickAfter(Duration.ofSeconds(30));
    ticker.advance(Duration.ofSeconds(2));
    read(frame);
    assertThat(roundTrips.sum()).isEqualTo(2.0);
    tickAfter(Duration.ofSeconds(27));
    assertThat(talk.ended).isEmpty();
    tickAfter(Duration.ofSeconds(1));
    assertThat(written()).endsWith("89080000000000000001");
  }

  @Test
  void aPartOfAFrameProvesNothing() {
    tickAfter(Duration.ofSeconds(30));
    read("81 87 37fa");
    tickAfter(Duration.ofSeconds(30));
    assertThat(talk.ended).isNotEmpty();
  }

  @Test
  void aMessageThatDribblesIsDroppedWithoutAWord() {
    read("81 87 37fa213d 4c");
    tickAfter(Duration.ofMillis(29_999));
    assertThat(channel.isOpen()).isTrue();
    tickAfter(Duration.ofMillis(1));
    assertThat(talk.ended).containsExactly("MESSAGE_TIMEOUT 1001");
    assertThat(channel.isOpen()).isFalse();
    assertThat(written()).isEmpty();
  }

  @Test
  void pongsDoNotGiveAMessageMoreTime() {
    read("01 81 00000000 61");
    ticker.advance(Duration.ofSeconds(29));
    read("8a 80 00000000");
    tickAfter(Duration.ofSeconds(1));
    assertThat(talk.ended).containsExactly("MESSAGE_TIMEOUT 1001");
  }

  @Test
  void betweenMessagesThereIsNoLimit() {
    read(TEXT);
    for (int i = 0; i < 120; i++) {
      tickAfter(Duration.ofSeconds(30));
      read("8a 80 00000000");
    }
    assertThat(talk.ended).isEmpty();
  }

  @Test
  void whileItDoesNotReadThePeerCannotBeLate() {
    read("81 87 37fa213d 4c");
    leg.pause();
    tickAfter(Duration.ofHours(1));
    assertThat(talk.ended).isEmpty();
    leg.resume();
    tickAfter(Duration.ofMillis(29_999));
    assertThat(talk.ended).isEmpty();
    tickAfter(Duration.ofMillis(1));
    assertThat(talk.ended).containsExactly("MESSAGE_TIMEOUT 1001");
  }

  @Test
  void aWriteThatFailsEndsTheConnection() {
    stall();
    talk.add("x");
    pump();
    channel.pipeline().fireExceptionCaught(new IOException("refused"));
    assertThat(talk.sent).containsExactly("1 lost");
    assertThat(talk.ended).containsExactly("PHONE_WRITE_FAILED 1011");
    assertThat(channel.isOpen()).isFalse();
  }

  @Test
  void aReadThatFailsIsNoFailedWrite() {
    talk.add("x");
    pump();
    channel.pipeline().fireExceptionCaught(new IOException("reset"));
    assertThat(talk.sent).containsExactly("1 whole");
    assertThat(talk.ended).containsExactly("PEER_DROP 1001");
  }

  @Test
  void aWriteThatStallsEndsTheConnection() {
    stall();
    talk.add("x");
    pump();
    tickAfter(Duration.ofMillis(9999));
    assertThat(talk.ended).isEmpty();
    tickAfter(Duration.ofMillis(1));
    assertThat(talk.ended).containsExactly("PHONE_WRITE_FAILED 1011");
    assertThat(talk.sent).isEmpty();
    channel.close();
    assertThat(talk.sent).containsExactly("1 lost");
  }

  @Test
  void handsTheChannelOnlyWhatItCanSoonWrite() {
    stall();
    for (int i = 0; i < 100; i++) {
      talk.add("x".repeat(16 * 1024));
    }
    pump();
    assertThat(talk.waiting()).isEqualTo(96);
    assertThat(talk.sent).isEmpty();
    leg.close(CloseCause.RECLAIMED);
    goOn();
    assertThat(talk.waiting()).isEqualTo(96);
    assertThat(talk.sent).hasSize(4).allMatch("16384 whole"::equals);
    assertThat(talk.ended).containsExactly("RECLAIMED 4404");
  }

  @Test
  void goesOnWhenTheChannelHasWritten() {
    stall();
    for (int i = 0; i < 100; i++) {
      talk.add("x".repeat(16 * 1024));
    }
    pump();
    goOn();
    assertThat(talk.waiting()).isZero();
    assertThat(talk.sent).hasSize(100);
    assertThat(talk.drained).isPositive();
  }

  @Test
  void smallMessagesShareABuffer() {
    for (int i = 0; i < 3; i++) {
      talk.add("{}");
    }
    talk.add("x".repeat(5000));
    talk.add("1");
    pump();
    assertThat(channel.outboundMessages()).hasSize(3);
    assertThat(written())
        .isEqualTo("82027b7d".repeat(3) + "827e1388" + "78".repeat(5000) + "820131");
  }

  @Test
  void whatComesWhileItDoesNotListenWaits() {
    leg.pause();
    read(TEXT + TEXT.replace("81 87", " 89 87"));
    assertThat(talk.received).isEmpty();
    assertThat(written()).isEmpty();
    leg.resume();
    assertThat(talk.received).containsExactly("{\"a\":1}");
    assertThat(written()).isEqualTo("8a077b2261223a317d");
  }

  @Test
  void thePeersLastWordIsHeardThoughItCameWhileNobodyListened() {
    leg.pause();
    read("82 81 00000000 31", "88 82 00000000 03e8");
    assertThat(channel.isOpen()).isTrue();
    leg.close(CloseCause.NO_SERVER);
    channel.runPendingTasks();
    assertThat(talk.received).isEmpty();
    assertThat(written()).isEqualTo("881811346e6f2073657276657220776974682074686174206964");
    assertThat(channel.isOpen()).isFalse();
  }

  @Test
  void ofManyPingsTheNewestIsAnsweredWhenTheFirstPongIsOut() {
    StallingWriter writer = new StallingWriter();
    channel.pipeline().addFirst(writer);
    read("89 81 00000000 61", "89 81 00000000 62", "89 81 00000000 63");
    writer.release();
    assertThat(written()).isEqualTo("8a0161" + "8a0163");
  }

  private void pump() {
    leg.pump();
    channel.runPendingTasks();
  }

  /** As if the kernel took nothing more. */
  private void stall() {
    channel.unsafe().outboundBuffer().setUserDefinedWritability(1, false);
  }

  private void goOn() {
    channel.unsafe().outboundBuffer().setUserDefinedWritability(1, true);
    channel.runPendingTasks();
  }

  private Leg open(SendOpcode opcode) {
    return open(channel, talk, opcode);
  }

  private Leg open(EmbeddedChannel on, ScriptedTalk with, SendOpcode opcode) {
    SessionSettings settings = Sample.settings(opcode);
    Leg made = new Leg(new Leg.Ground(on, settings, ticker, roundTrips), with, with);
    with.leg = made;
    on.pipeline().addLast(made);
    return made;
  }

  private void read(String... frames) {
    for (String frame : frames) {
      channel.writeInbound(buffer(frame));
    }
  }

  private void tickAfter(Duration time) {
    ticker.advance(time);
    leg.tick(ticker.nanos());
    channel.runPendingTasks();
  }

  private String written() {
    return hex(channel);
  }

  private static String hex(EmbeddedChannel from) {
    StringBuilder all = new StringBuilder();
    for (ByteBuf out = from.readOutbound(); out != null; out = from.readOutbound()) {
      all.append(ByteBufUtil.hexDump(out));
      out.release();
    }
    return all.toString();
  }

  private ByteBuf buffer(String hex) {
    return channel.alloc().buffer().writeBytes(bytes(hex));
  }

  private static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex.replace(" ", ""));
  }
}
