package dev.gatehouse.tracker.request;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.wire.tracker.Event;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChangeTest {

  @ParameterizedTest
  @CsvSource({
    "STOPPED, 0, STOP",
    "STOPPED, 1, STOP",
    "COMPLETED, 0, COMPLETE",
    "COMPLETED, 1, COMPLETE",
    "NONE, 0, SEED",
    "STARTED, 0, SEED",
    "PAUSED, 0, SEED",
    "NONE, 1, LEECH",
    "STARTED, 1, LEECH",
    "PAUSED, 1, LEECH",
    "NONE, -1, LEECH",
  })
  void followsFromEventAndMissingBytes(Event event, long left, Change change) {
    assertThat(Change.of(event, left)).isEqualTo(change);
  }
}
