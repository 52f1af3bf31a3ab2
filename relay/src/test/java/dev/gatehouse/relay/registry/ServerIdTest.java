package dev.gatehouse.relay.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServerIdTest {

  @ParameterizedTest
  @ValueSource(strings = {"5f3a1c9e-7b21-4d80-9e44-0c6b2d8f1a37", "a", "!", "~", "a/b'<>"})
  void visibleAsciiIsAName(String text) {
    assertThat(ServerId.parse(text)).contains(new ServerId(text));
    assertThat(new ServerId(text)).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", " a", "a\"", "a\\", "\u007f", "\u0080", "é", "a\n", "\u0000"})
  void anythingElseIsNone(String text) {
    assertThat(ServerId.parse(text)).isEmpty();
    assertThatIllegalArgumentException().isThrownBy(() -> new ServerId(text));
  }

  @Test
  void isAtMost128CharactersLong() {
    assertThat(ServerId.parse("a".repeat(128))).isPresent();
    assertThat(ServerId.parse("a".repeat(129))).isEmpty();
  }
}
