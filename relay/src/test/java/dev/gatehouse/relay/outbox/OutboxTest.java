package dev.gatehouse.relay.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.LeakGuard;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Section 7.5 of the relay's specification. */
@ExtendWith(LeakGuard.class)
class OutboxTest {

  private static final long EACH = 4_194_304;

  private final OutboxBudget budget = new OutboxBudget(EACH, 64 * EACH);
  private final Outbox outbox = new Outbox(budget);

  @AfterEach
  void nothingStaysCharged() {
    outbox.close();
    assertThat(budget.charged()).isEqualTo(outbox.charged());
  }

  @ParameterizedTest
  @CsvSource({
    "0, 65536",
    "64, 32768",
    "1024, 3855",
    "16384, 255",
    "65536, 63",
    "262144, 15",
  })
  void takesAsManyFramesAsTheBudgetHolds(int length, int accepted) {
    for (int i = 0; i < accepted; i++) {
      assertThat(outbox.offer(frame(length), 7)).isEqualTo(Offer.ACCEPTED);
    }
    assertThat(outbox.charged()).isEqualTo((long) accepted * (length + Outbox.OVERHEAD));
    assertThat(outbox.offer(frame(length), 7)).isEqualTo(Offer.FULL);
    assertThat(outbox.charged()).isZero();
    assertThat(outbox.offer(frame(length), 7)).isEqualTo(Offer.CLOSED);
  }

  @Test
  void framesComeOutInTheOrderInWhichTheyWentIn() {
    for (int i = 0; i < 300; i++) {
      assertThat(outbox.offer(frame(i), 7)).isEqualTo(Offer.ACCEPTED);
    }
    for (int i = 0; i < 300; i++) {
      assertThat(take()).isEqualTo(i);
    }
    assertThat(outbox.poll()).isNull();
    assertThat(outbox.charged()).isZero();
  }

  @Test
  void aDirectiveComesAfterEverythingBeforeItAndEndsWhatIsTaken() {
    outbox.offer(frame(1), 7);
    outbox.offer(frame(2), 7);
    assertThat(outbox.offerLast(frame(3), 7, 4401)).isEqualTo(Offer.ACCEPTED);
    assertThat(outbox.offer(frame(4), 7)).isEqualTo(Offer.CLOSED);
    assertThat(outbox.offerLast(null, 7, 4421)).isEqualTo(Offer.CLOSED);
    List<Integer> lengths = new ArrayList<>();
    while (outbox.dueCloseCode() == 0) {
      lengths.add(take());
    }
    assertThat(lengths).containsExactly(1, 2, 3);
    assertThat(outbox.dueCloseCode()).isEqualTo(4401);
  }

  @Test
  void aDirectiveWithoutAFrameIsDueAtOnce() {
    assertThat(outbox.offerLast(null, 7, 4421)).isEqualTo(Offer.ACCEPTED);
    assertThat(outbox.dueCloseCode()).isEqualTo(4421);
    assertThat(outbox.charged()).isZero();
  }

  @Test
  void aDirectiveThatDoesNotFitIsFullToo() {
    outbox.offer(frame((int) EACH - Outbox.OVERHEAD), 7);
    assertThat(outbox.offerLast(null, 7, 4421)).isEqualTo(Offer.FULL);
    assertThat(outbox.dueCloseCode()).isZero();
  }

  @Test
  void theFrameOnItsWayStaysCharged() {
    outbox.offer(frame((int) EACH - Outbox.OVERHEAD), 7);
    ByteBuf onItsWay = Objects.requireNonNull(outbox.poll());
    assertThat(outbox.offer(frame(0), 7)).isEqualTo(Offer.FULL);
    assertThat(outbox.charged()).isEqualTo(EACH);
    int length = onItsWay.readableBytes();
    onItsWay.release();
    outbox.written(length);
    assertThat(outbox.charged()).isZero();
  }

  @Test
  void closingDropsWhatWaits() {
    outbox.offer(frame(100), 7);
    outbox.close();
    assertThat(outbox.poll()).isNull();
    assertThat(outbox.charged()).isZero();
    assertThat(outbox.offer(frame(1), 7)).isEqualTo(Offer.CLOSED);
  }

  @Test
  void whileAllHaveTooMuchOnlyARealBacklogIsFull() {
    OutboxBudget tight = new OutboxBudget(EACH, 500_000);
    Outbox light = new Outbox(tight);
    Outbox heavy = new Outbox(tight);
    light.offer(frame(200 * 1024), 7);
    heavy.offer(frame(300 * 1024), 7);
    assertThat(tight.charged()).isGreaterThan(tight.total());
    assertThat(light.offer(frame(1024), 7)).isEqualTo(Offer.ACCEPTED);
    assertThat(heavy.offer(frame(1024), 7)).isEqualTo(Offer.FULL);
    light.close();
    assertThat(tight.charged()).isZero();
  }

  @Test
  void anotherBudgetHoldsForTheNextFrame() {
    assertThat(outbox.offer(frame(1000), 7)).isEqualTo(Offer.ACCEPTED);
    budget.change(1100, EACH);
    assertThat(outbox.offer(frame(1000), 7)).isEqualTo(Offer.FULL);
  }

  @Test
  void remembersWhenEachFrameWasReadUntilItIsWritten() {
    for (int i = 0; i < 100; i++) {
      assertThat(outbox.offer(frame(0), i)).isEqualTo(Offer.ACCEPTED);
      if (i % 3 == 0) {
        Objects.requireNonNull(outbox.poll()).release();
        assertThat(outbox.written(0)).isEqualTo(i / 3);
      }
    }
    Objects.requireNonNull(outbox.poll()).release();
    outbox.close();
    assertThat(outbox.written(0)).isEqualTo(34);
  }

  private int take() {
    ByteBuf frame = Objects.requireNonNull(outbox.poll());
    int length = frame.readableBytes();
    frame.release();
    outbox.written(length);
    return length;
  }

  private static ByteBuf frame(int length) {
    return PooledByteBufAllocator.DEFAULT.buffer(length, length).writeZero(length);
  }
}
