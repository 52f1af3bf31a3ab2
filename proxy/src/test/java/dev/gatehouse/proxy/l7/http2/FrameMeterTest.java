package dev.gatehouse.proxy.l7.http2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.proxy.traffic.ListenerTraffic.Abuse;
import dev.gatehouse.testkit.LeakGuard;
import io.netty.buffer.ByteBuf;
import java.time.Duration;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is too much of each kind, whatever the pieces in which it comes. */
@ExtendWith(LeakGuard.class)
class FrameMeterTest {

  private static final long NOW = Long.MAX_VALUE - 5;
  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  private final FrameMeter meter = new FrameMeter(new FrameBudgets());

  @Test
  void thePrefaceIsNoFrame() {
    assertThat(look(Frames.begun())).isEmpty();
    assertThat(meter.blockSince()).isEmpty();
  }

  @Test
  void nothingIsConsumed() {
    ByteBuf in = Frames.begun().ping().buffer(0, 41);
    assertThat(meter.look(in, NOW)).isEmpty();
    assertThat(in.readableBytes()).isEqualTo(41);
    in.release();
  }

  @ParameterizedTest
  @CsvSource({
    "6, 0, 8, 100, PING",
    "6, 1, 8, 100, PING",
    "4, 0, 6, 50, SETTINGS",
    "4, 1, 0, 50, SETTINGS",
    "2, 0, 5, 100, PRIORITY",
    "8, 0, 4, 100, WINDOW_UPDATE",
    "1, 4, 0, 10, EMPTY_HEADERS",
    "0, 0, 0, 2, EMPTY_DATA",
    "3, 0, 4, 50, RAPID_RESET",
    "10, 0, 3, 100, GLITCH",
    "255, 0, 0, 100, GLITCH",
  })
  void soManyAreFineAndOneMoreIsNot(int type, int flags, int length, int fine, Abuse kind) {
    Frames frames = Frames.begun();
    for (int i = 0; i < fine; i++) {
      frames.empty(type, flags, 0, length);
    }
    assertThat(look(frames)).isEmpty();
    assertThat(look(new Frames().empty(type, flags, 0, length))).contains(kind);
  }

  @ParameterizedTest
  @CsvSource({"6, 8, 100", "4, 6, 50", "2, 5, 100", "8, 4, 100", "1, 0, 10"})
  void aSecondLaterThereMayBeAsManyAgain(int type, int length, int fine) {
    Frames frames = new Frames();
    for (int i = 0; i < fine; i++) {
      frames.empty(type, 4, 0, length);
    }
    look(Frames.begun());
    assertThat(look(frames)).isEmpty();
    assertThat(look(frames, NOW + SECOND)).isEmpty();
    assertThat(look(frames, NOW + SECOND)).isPresent();
  }

  @Test
  void theSplitOfBytesDoesNotMatter() {
    Frames frames = Frames.begun().frame(Frames.SETTINGS, 0, 0);
    frames.empty(Frames.DATA, 0, 1, 3).empty(Frames.DATA, 0, 1, 0);
    frames.empty(Frames.DATA, 0, 1, 0).empty(Frames.DATA, 0, 1, 0);
    for (int at = 1; at < frames.length(); at++) {
      FrameMeter split = new FrameMeter(new FrameBudgets());
      ByteBuf first = frames.buffer(0, at);
      ByteBuf second = frames.buffer(at, frames.length());
      Optional<Abuse> early = split.look(first, NOW);
      assertThat(early.or(() -> split.look(second, NOW)))
          .as("split at %d", at)
          .contains(Abuse.EMPTY_DATA);
      first.release();
      second.release();
    }
  }

  @Test
  void bytesMayComeOneByOne() {
    Frames frames = Frames.begun();
    for (int i = 0; i < 101; i++) {
      frames.ping();
    }
    Optional<Abuse> found = Optional.empty();
    for (int at = 0; at < frames.length() && found.isEmpty(); at++) {
      ByteBuf one = frames.buffer(at, at + 1);
      found = meter.look(one, NOW);
      one.release();
    }
    assertThat(found).contains(Abuse.PING);
  }

  @Test
  void whatLooksLikeAFrameInAPayloadIsNone() {
    Frames inner = new Frames();
    for (int i = 0; i < 200; i++) {
      inner.ping();
    }
    Frames frames = Frames.begun().frame(Frames.DATA, 0, 1, inner.toBytes());
    assertThat(look(frames)).isEmpty();
  }

  @Test
  void anEmptyEndOfABodyIsNoAbuse() {
    Frames frames = Frames.begun();
    for (int i = 0; i < 200; i++) {
      frames.frame(Frames.DATA, Frames.END_STREAM, 2 * i + 1);
    }
    assertThat(look(frames)).isEmpty();
  }

  @Test
  void bytesOfABodyBetweenEmptyFramesMakeThemFewerInARow() {
    assertThat(look(repeated(Frames.begun(), 40, FrameMeterTest::twoEmptyOneFull))).isEmpty();
    assertThat(look(repeated(new Frames(), 11, FrameMeterTest::twoEmptyOneFull)))
        .contains(Abuse.EMPTY_DATA);
  }

  private static Frames twoEmptyOneFull(Frames frames) {
    return frames
        .empty(Frames.DATA, 0, 1, 0)
        .empty(Frames.DATA, 0, 1, 0)
        .empty(Frames.DATA, 0, 1, 1);
  }

  @Test
  void windowsMayMoveAsLongAsBodiesDo() {
    Frames frames =
        repeated(Frames.begun(), 500, to -> to.window(0, 1).empty(Frames.DATA, 0, 1, 1));
    assertThat(look(frames)).isEmpty();
  }

  @Test
  void theWindowOfAStreamIsNotCountedHere() {
    assertThat(look(repeated(Frames.begun(), 500, to -> to.window(1, 1)))).isEmpty();
  }

  @Test
  void aBlockMayHaveSixteenContinuations() {
    Frames frames = Frames.begun().empty(Frames.HEADERS, 0, 1, 1);
    assertThat(look(repeated(frames, 16, to -> to.empty(Frames.CONTINUATION, 0, 1, 1)))).isEmpty();
    assertThat(look(new Frames().empty(Frames.CONTINUATION, Frames.END_HEADERS, 1, 1)))
        .contains(Abuse.CONTINUATION);
  }

  @Test
  void eachBlockHasItsOwnContinuations() {
    Frames frames = Frames.begun();
    for (int stream = 1; stream < 9; stream += 2) {
      frames.empty(Frames.HEADERS, 0, stream, 1);
      for (int i = 0; i < 15; i++) {
        frames.empty(Frames.CONTINUATION, 0, stream, 1);
      }
      frames.empty(Frames.CONTINUATION, Frames.END_HEADERS, stream, 1);
    }
    assertThat(look(frames)).isEmpty();
  }

  @Test
  void anEmptyContinuationIsABreach() {
    Frames frames = Frames.begun().empty(Frames.HEADERS, 0, 1, 1);
    assertThat(look(frames.empty(Frames.CONTINUATION, 0, 1, 0))).contains(Abuse.CONTINUATION);
  }

  @Test
  void aBlockBeginsWithItsFrameAndEndsWithItsFlag() {
    look(Frames.begun().empty(Frames.HEADERS, 0, 1, 1), NOW);
    assertThat(meter.blockSince()).hasValue(NOW);
    look(new Frames().empty(Frames.CONTINUATION, 0, 1, 1), NOW + 1);
    assertThat(meter.blockSince()).hasValue(NOW);
    look(new Frames().empty(Frames.CONTINUATION, Frames.END_HEADERS, 1, 1), NOW + 2);
    assertThat(meter.blockSince()).isEmpty();
    look(new Frames().empty(Frames.HEADERS, Frames.END_HEADERS, 3, 1), NOW + 3);
    assertThat(meter.blockSince()).isEmpty();
  }

  private static Frames repeated(Frames frames, int times, UnaryOperator<Frames> one) {
    Frames all = frames;
    for (int i = 0; i < times; i++) {
      all = one.apply(all);
    }
    return all;
  }

  private Optional<Abuse> look(Frames frames) {
    return look(frames, NOW);
  }

  private Optional<Abuse> look(Frames frames, long now) {
    ByteBuf in = frames.buffer(0, frames.length());
    try {
      return meter.look(in, now);
    } finally {
      in.release();
    }
  }
}
