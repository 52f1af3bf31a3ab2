package dev.gatehouse.config.tree;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TomlAdviceTest {

  @ParameterizedTest
  @ValueSource(strings = {"watch:", "  listen: a", "a.b-c_d: 1", "key :"})
  void whatLooksLikeYamlIsToldSo(String line) {
    assertThat(TomlAdvice.on(line))
        .isEqualTo("; TOML writes key = value, and a YAML file ends in .yaml");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a = text",
        "a=/run/a.sock",
        "a = :443",
        "a = *",
        "a = ~/a",
        "a = 30s",
        "a = 4MiB",
        "a = 127.0.0.1",
        "a = 127.0.0.1:80",
        "a = .5",
        "a = yes",
        "a = truely",
        "a = Infinity",
      })
  void textWithoutQuotesIsToldSo(String line) {
    assertThat(TomlAdvice.on(line)).isEqualTo("; text needs quotes: key = \"value\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"mode = 0660", "a=00", "a.b = 01.5"})
  void aLeadingZeroIsToldSo(String line) {
    assertThat(TomlAdvice.on(line))
        .isEqualTo("; a number with a leading zero needs quotes: key = \"0660\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a =", " a.b = "})
  void aMissingValueIsToldSo(String line) {
    assertThat(TomlAdvice.on(line)).isEqualTo("; write key = value");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a",
        "a = 1",
        "a = 1.5",
        "a = 'b",
        "a = \"b",
        "a = [1",
        "a = true",
        "a = inf",
        "a = nan b",
        "[a",
        "= 1",
        "a = 0",
        "a = 0.5",
        "a = -1",
        "a b = c",
      })
  void anyOtherLineIsLeftToTheParser(String line) {
    assertThat(TomlAdvice.on(line)).isEmpty();
  }
}
