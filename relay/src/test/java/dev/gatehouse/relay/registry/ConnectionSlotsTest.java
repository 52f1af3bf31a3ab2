package dev.gatehouse.relay.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sections 2.14 and 7.13 of the relay's specification. */
class ConnectionSlotsTest {

  @Test
  void binariesAndPhonesShareThePlaces() {
    ConnectionSlots slots = new ConnectionSlots(2, 0);
    assertThat(slots.takeForBinary()).isTrue();
    assertThat(slots.takeForPhone()).isTrue();
    assertThat(slots.takeForPhone()).isFalse();
    assertThat(slots.takeForBinary()).isFalse();
    slots.giveBackPhone();
    assertThat(slots.takeForBinary()).isTrue();
    assertThat(slots.used()).isEqualTo(2);
  }

  @Test
  void aReservedPlaceIsKeptFromPhonesUntilItsBinaryIsThere() {
    ConnectionSlots slots = new ConnectionSlots(20, 1);
    for (int i = 0; i < 19; i++) {
      assertThat(slots.takeForPhone()).isTrue();
    }
    assertThat(slots.takeForPhone()).isFalse();
    assertThat(slots.takeForBinary()).isTrue();
    slots.giveBackPhone();
    assertThat(slots.takeForPhone()).isTrue();
    slots.giveBackBinary();
    assertThat(slots.takeForPhone()).isFalse();
  }

  @Test
  void aLowerLimitCutsNobodyAndHoldsForTheNext() {
    ConnectionSlots slots = new ConnectionSlots(3, 0);
    slots.takeForPhone();
    slots.takeForPhone();
    slots.change(1, 0);
    assertThat(slots.used()).isEqualTo(2);
    assertThat(slots.limit()).isEqualTo(1);
    slots.giveBackPhone();
    assertThat(slots.takeForPhone()).isFalse();
    slots.giveBackPhone();
    assertThat(slots.takeForPhone()).isTrue();
  }

  @Test
  void neverMorePlacesThanThereAre() {
    ConnectionSlots slots = new ConnectionSlots(100, 10);
    AtomicInteger taken = new AtomicInteger();
    try (ExecutorService pool = Executors.newFixedThreadPool(16)) {
      for (int i = 0; i < 1000; i++) {
        boolean binary = i % 2 == 0;
        pool.execute(
            () -> {
              boolean got = binary ? slots.takeForBinary() : slots.takeForPhone();
              taken.addAndGet(got ? 1 : 0);
            });
      }
    }
    assertThat(taken).hasValue(slots.used());
    assertThat(slots.used()).isEqualTo(100);
  }

  @ParameterizedTest
  @CsvSource({"0,0", "-1,0", "5,-1", "5,6"})
  void refusesNumbersThatMeanNothing(int limit, int reserve) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ConnectionSlots(limit, reserve))
        .withMessageContaining("expected: 1 or more");
  }
}
