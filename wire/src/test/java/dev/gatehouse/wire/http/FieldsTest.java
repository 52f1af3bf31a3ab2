package dev.gatehouse.wire.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FieldsTest {

  private static final Fields FIELDS =
      Fields.NONE.with("Cookie", "a=1").with("X", "").with("cookie", "b=2");

  @ParameterizedTest
  @ValueSource(strings = {"a\rb", "a\nb", "a\r\nX: y", "\0", "a\177", " a", "a\t", "\u0100", "κ"})
  void aValueThatBreaksOutOfItsPlaceCannotBeMade(String value) {
    assertThatThrownBy(() -> new Field("X", value))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("without controls");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ":path", "a b", "a:", "a\r", "ä", "(", "\u212a"})
  void aNameThatIsNoTokenCannotBeMade(String name) {
    assertThat(Field.isValid(name, "x")).isFalse();
    assertThatThrownBy(() -> new Field(name, "x")).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource({"Keep-Alive, keep-alive", "X_y, x_Y", "TE, te"})
  void namesAreComparedWithoutLetterCase(String name, String other) {
    assertThat(new Field(name, "").is(other)).isTrue();
    assertThat(new Field(name, "").is(other + "x")).isFalse();
  }

  @Test
  void allValuesOfANameAreFoundInTheirOrder() {
    assertThat(FIELDS.values("COOKIE")).containsExactly("a=1", "b=2");
    assertThat(FIELDS.has("x")).isTrue();
    assertThat(FIELDS.has("y")).isFalse();
  }

  @Test
  void onlyOneValueIsTheOnlyOne() {
    assertThat(FIELDS.only("x")).contains("");
    assertThat(FIELDS.only("cookie")).isEmpty();
    assertThat(FIELDS.only("y")).isEmpty();
  }

  @Test
  void withoutANameDropsAllOfIt() {
    assertThat(FIELDS.without("cookie")).isEqualTo(new Fields(List.of(new Field("X", ""))));
  }

  @Test
  void aHeadIsGatheredInItsOrder() {
    Fields.Builder head = new Fields.Builder().add("A", "1").add(FIELDS).add("a", "2");
    Fields before = head.build();
    assertThat(before).isEqualTo(Fields.NONE.with("A", "1").with(FIELDS).with("a", "2"));
    assertThat(head.add("B", "3").build()).isEqualTo(before.with("B", "3"));
    assertThat(before.has("B")).isFalse();
  }

  @Test
  void aFieldCosts32BesideItsCharacters() {
    assertThat(new Field("abc", "de").size()).isEqualTo(37);
  }
}
