package dev.gatehouse.config.value;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SuggestionTest {

  private static final List<String> KNOWN =
      List.of("listen", "idle_timeout", "hello_timeout", "owners", "udp", "max_connections");

  @ParameterizedTest
  @CsvSource({
    "listne,listen",
    "listn,listen",
    "Listen,listen",
    "idle-timeout,idle_timeout",
    "idel_timeout,idle_timeout",
    "ownres,owners",
    "owner,owners",
    "upd,udp",
    "max_conections,max_connections",
    "maxconnections,max_connections",
  })
  void aTypingMistakeFindsItsName(String typed, String meant) {
    assertThat(Suggestion.nearest(typed, KNOWN)).contains(meant);
  }

  @ParameterizedTest
  @CsvSource({"tcp", "backend", "x", "timeout", "''"})
  void anotherWordFindsNone(String typed) {
    assertThat(Suggestion.nearest(typed, KNOWN)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "a,b,true",
    "a,bc,false",
    "ab,ba,true",
    "ab,cd,false",
    "abc,axy,false",
    "abcd,abxy,false",
    "abcde,abcxy,true",
    "abcde,abxyz,false",
    "abcdefg,abcdxyz,false",
    "abcdefgh,abcdexyz,true",
    "abcdefgh,abcdwxyz,false",
    "abcdefgh,abcdefghijkl,true",
    "abcdefgh,abcdefghijklm,false",
  })
  void oneMistakeInThreeCharactersIsATypingMistakeAndMoreIsAnotherWord(
      String typed, String known, boolean found) {
    assertThat(Suggestion.nearest(typed, List.of(known)).isPresent()).isEqualTo(found);
    assertThat(Suggestion.nearest(known, List.of(typed)).isPresent()).isEqualTo(found);
  }

  @Test
  void theNearestOfSeveralIsMeantAndOfEquallyNearOnesTheFirst() {
    assertThat(Suggestion.nearest("listens", List.of("listing", "listen", "lists")))
        .contains("listen");
    assertThat(Suggestion.nearest("cat", List.of("cut", "cot", "car"))).contains("cut");
    assertThat(Suggestion.nearest("cat", List.of("dog", "cat"))).contains("cat");
    assertThat(Suggestion.nearest("cat", List.of())).isEmpty();
  }

  @Test
  void aHugeWordIsNotCompared() {
    assertThat(Suggestion.nearest("l".repeat(120), List.of("l".repeat(120)))).isPresent();
    assertThat(Suggestion.nearest("l".repeat(121), List.of("l".repeat(121)))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"'',abc,3", "abc,abc,0", "abc,acb,1", "abc,abd,1", "abc,ab,1", "kitten,sitting,3"})
  void aSwapCountsAsOneMistake(String a, String b, int distance) {
    assertThat(Suggestion.distance(a, b)).isEqualTo(distance);
    assertThat(Suggestion.distance(b, a)).isEqualTo(distance);
  }
}
