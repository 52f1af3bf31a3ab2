package dev.gatehouse.net.splice;

import static dev.gatehouse.net.splice.ScriptedConduit.SLOTS;
import static dev.gatehouse.net.splice.ScriptedConduit.SLOT_BYTES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.net.splice.SplicePump.Turn;
import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SplicePumpTest {

  private static final int PIPE_BYTES = SLOTS * SLOT_BYTES;

  private final ScriptedConduit kernel = new ScriptedConduit();
  private final SplicePump pump = new SplicePump(kernel, PIPE_BYTES, false);

  @Test
  void movesAllThatIsThere() {
    kernel.send(10, 1000);
    assertThat(pump.turn()).isEqualTo(Turn.IDLE);
    assertThat(kernel.delivered()).isEqualTo(10_000);
    assertThat(pump.received()).isEqualTo(10_000);
    assertThat(pump.holdsBytes()).isFalse();
  }

  @Test
  void asksTheKernelNothingBeforeTheNextEdge() {
    pump.turn();
    kernel.calls();
    pump.turn();
    assertThat(kernel.calls()).isZero();

    kernel.send(1, 5);
    pump.sinkReady();
    pump.turn();
    assertThat(kernel.calls()).isZero();
    pump.sourceReady();
    pump.turn();
    assertThat(kernel.delivered()).isEqualTo(5);
  }

  @Test
  void smallSegmentsThatExhaustTheSlotsAreNotTakenForAnEmptySource() {
    kernel.send(100, 1);
    pump.sourceHungUp();
    assertThat(pump.turn()).isEqualTo(Turn.ENDED);
    assertThat(kernel.delivered()).isEqualTo(100);
  }

  @Test
  void goesOnReadingOnceAFullSinkHasRoomEvenIfTheSlotsRanOut() {
    kernel.send(100, 1);
    kernel.sinkRoom(0);
    assertThat(pump.turn()).isEqualTo(Turn.IDLE);
    assertThat(pump.received()).isEqualTo(SLOTS);

    kernel.sinkRoom(1000);
    assertThat(pump.turn()).as("no edge yet").isEqualTo(Turn.IDLE);
    assertThat(kernel.delivered()).isZero();
    pump.sinkReady();
    pump.turn();
    assertThat(kernel.delivered()).isEqualTo(100);
  }

  @Test
  void aFullSinkHoldsBackTheSource() {
    kernel.send(1000, SLOT_BYTES);
    kernel.sinkRoom(10_000);
    assertThat(pump.turn()).isEqualTo(Turn.IDLE);
    assertThat(kernel.delivered()).isEqualTo(10_000);
    assertThat(pump.received()).isLessThanOrEqualTo(10_000 + PIPE_BYTES);

    kernel.calls();
    pump.sourceReady();
    pump.turn();
    assertThat(kernel.calls()).as("a full pipe asks nothing").isLessThanOrEqualTo(1);
  }

  @Test
  void aHangUpIsNoEndWhileBytesAreUnread() {
    kernel.send(3, 40_000);
    kernel.sinkRoom(50_000);
    pump.sourceHungUp();
    assertThat(pump.turn()).isEqualTo(Turn.IDLE);
    assertThat(kernel.ended()).isFalse();

    kernel.sinkRoom(Long.MAX_VALUE);
    pump.sinkReady();
    assertThat(pump.turn()).isEqualTo(Turn.ENDED);
    assertThat(kernel.delivered()).isEqualTo(120_000);
    assertThat(kernel.ended()).isTrue();
  }

  @Test
  void anEmptySourceIsNoEndWithoutAHangUp() {
    kernel.send(1, 10);
    assertThat(pump.turn()).isEqualTo(Turn.IDLE);
    assertThat(kernel.ended()).isFalse();

    pump.sourceHungUp();
    assertThat(pump.turn()).isEqualTo(Turn.ENDED);
    assertThat(kernel.delivered()).isEqualTo(10);
  }

  @Test
  void doesNothingAfterTheEnd() {
    pump.sourceHungUp();
    assertThat(pump.turn()).isEqualTo(Turn.ENDED);
    assertThat(pump.ended()).isTrue();
    kernel.calls();
    pump.sourceHungUp();
    pump.sinkReady();
    assertThat(pump.turn()).isEqualTo(Turn.IDLE);
    assertThat(kernel.calls()).isZero();
  }

  @Test
  void oneThatBeginsEndedMovesNothing() {
    SplicePump begun = new SplicePump(kernel, PIPE_BYTES, true);
    begun.sourceHungUp();
    assertThat(begun.turn()).isEqualTo(Turn.IDLE);
    assertThat(begun.ended()).isTrue();
    assertThat(kernel.calls()).isZero();
  }

  @Test
  void aTurnIsBounded() {
    kernel.send(1000, SLOT_BYTES);
    pump.sourceHungUp();
    assertThat(pump.turn()).isEqualTo(Turn.MORE);
    assertThat(kernel.delivered()).isEqualTo(SplicePump.TURN_BYTES);
    while (!pump.ended()) {
      assertThat(pump.turn()).isNotEqualTo(Turn.IDLE);
    }
    assertThat(kernel.delivered()).isEqualTo(1000L * SLOT_BYTES);
  }

  @Test
  void aFailureNamesItsSide() {
    IOException reset = new IOException("reset");
    kernel.breakSource(reset);
    assertThat(pump.turn()).isEqualTo(Turn.SOURCE_FAILED);
    assertThat(pump.failure()).isSameAs(reset);

    ScriptedConduit other = new ScriptedConduit();
    IOException broken = new IOException("broken pipe");
    other.send(1, 1);
    other.breakSink(broken);
    SplicePump towards = new SplicePump(other, PIPE_BYTES, false);
    assertThat(towards.turn()).isEqualTo(Turn.SINK_FAILED);
    assertThat(towards.failure()).isSameAs(broken);
    assertThat(towards.holdsBytes()).isTrue();
  }

  @Test
  void anEndThatCannotBePassedOnIsAFailureOfTheSink() {
    kernel.breakSink(new IOException("not connected"));
    pump.sourceHungUp();
    assertThat(pump.turn()).isEqualTo(Turn.SINK_FAILED);
    assertThat(pump.ended()).isFalse();
  }

  @Test
  void hasNoFailureBeforeOneHappened() {
    assertThatThrownBy(pump::failure).isInstanceOf(IllegalStateException.class);
  }

  /** Every byte arrives, whatever the order in which segments, room and edges come. */
  @Test
  void losesNothingUnderAnyScript() {
    for (int seed = 0; seed < 500; seed++) {
      assertDeliversAll(seed);
    }
  }

  private static void assertDeliversAll(int seed) {
    Random random = new Random(seed);
    ScriptedConduit kernel = new ScriptedConduit();
    SplicePump pump = new SplicePump(kernel, PIPE_BYTES, false);
    kernel.sinkRoom(0);
    long sent = 0;
    for (int step = 0; step < 50; step++) {
      if (random.nextBoolean()) {
        int segments = random.nextInt(40);
        int bytes = 1 + random.nextInt(random.nextBoolean() ? 10 : 70_000);
        kernel.send(segments, bytes);
        sent += (long) segments * bytes;
        pump.sourceReady();
      }
      if (random.nextBoolean()) {
        kernel.sinkRoom(random.nextInt(200_000));
        pump.sinkReady();
      }
      pump.turn();
    }
    pump.sourceHungUp();
    kernel.sinkRoom(Long.MAX_VALUE);
    pump.sinkReady();
    while (pump.turn() == Turn.MORE) {
      assertThat(kernel.ended()).as("seed %d", seed).isFalse();
    }
    assertThat(kernel.delivered()).as("seed %d", seed).isEqualTo(sent);
    assertThat(pump.received()).isEqualTo(sent);
    assertThat(kernel.ended()).as("seed %d", seed).isTrue();
  }
}
