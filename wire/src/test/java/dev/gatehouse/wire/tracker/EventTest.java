package dev.gatehouse.wire.tracker;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventTest {

  @ParameterizedTest
  @CsvSource({"0, NONE", "1, COMPLETED", "2, STARTED", "3, STOPPED", "4, PAUSED"})
  void hasANumberInDatagrams(int number, Event event) {
    assertThat(Event.ofNumber(number)).contains(event);
  }

  @ParameterizedTest
  @ValueSource(ints = {5, -1, 0x100, 0x0100_0002, Integer.MIN_VALUE, Integer.MAX_VALUE})
  void all32BitsOfTheNumberCount(int number) {
    assertThat(Event.ofNumber(number)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Event.class)
  void hasANameInQueries(Event event) {
    assertThat(named(event.label())).isEqualTo(event);
    assertThat(named(event.name())).isEqualTo(event);
  }

  @Test
  void noNameIsNoEvent() {
    assertThat(named("")).isEqualTo(Event.NONE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"notAnEvent", "starte", "startedx", "star\u00f4ed", "\u0013tarted", " none"})
  void knowsNoOtherNames(String name) {
    byte[] bytes = name.getBytes(ISO_8859_1);
    assertThat(Event.ofName(bytes, 0, bytes.length)).isEmpty();
  }

  private static Event named(String name) {
    byte[] bytes = ("x" + name + "x").getBytes(ISO_8859_1);
    return Event.ofName(bytes, 1, bytes.length - 1).orElseThrow();
  }
}
