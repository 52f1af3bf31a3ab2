package dev.gatehouse.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.config.ConfigResult.Loaded;
import dev.gatehouse.config.ConfigResult.Refused;
import dev.gatehouse.config.source.ConfigSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** What a reader says about several keys together. */
class CrossCheckTest {

  private static String pair(Section root) {
    Section tls = root.section("tls", "the pair");
    String cert = tls.text("cert", "certificate").orElse("");
    String key = tls.text("key", "its key").orElse("");
    if (cert.isEmpty() != key.isEmpty()) {
      tls.refuse("key", "tls.cert and tls.key together; set both or none");
    }
    if (cert.equals(key) && !cert.isEmpty()) {
      tls.warn("cert", "the same file as the key");
    }
    return cert + key;
  }

  @Test
  void aRefusalStandsAtItsKeyOrElseAtItsSection() {
    assertThat(told(ConfigSource.text("a.toml", "[tls]\n\nkey = 'k'")))
        .containsExactly(
            "a.toml:3: tls.key = \"k\": expected tls.cert and tls.key together; set both or none");
    assertThat(told(ConfigSource.text("a.toml", "\n[tls]\ncert = 'c'")))
        .containsExactly(
            "a.toml:2: tls.key: expected tls.cert and tls.key together; set both or none");
  }

  @Test
  void aRefusalOfAVariableNamesTheVariable() {
    assertThat(
            told(
                ConfigSource.builtIn().withEnvironment(Map.of("GATEHOUSE_TLS_KEY", "k"), Set.of())))
        .containsExactly(
            "GATEHOUSE_TLS_KEY = \"k\": expected tls.cert and tls.key together; set both or none");
  }

  @Test
  void aWarningDoesNotRefuse() {
    assertThat(told(ConfigSource.text("a.toml", "tls.cert = 'c'\ntls.key = 'c'")))
        .containsExactly("cc", "a.toml:1: tls.cert = \"c\": the same file as the key");
  }

  @Test
  void twoEntriesThatAreEqualCanNameBothLines() {
    Function<Section, List<Integer>> lines = root -> root.tables("t", "tables", Section::line);
    assertThat(Configuration.of(lines).read(ConfigSource.text("a.toml", "[[t]]\n\n[[t]]")))
        .isInstanceOfSatisfying(
            Loaded.class, loaded -> assertThat(loaded.value()).isEqualTo(List.of(1, 3)));
  }

  @Test
  void aNumberWithoutARangeIsNotNegative() {
    Function<Section, Integer> number = root -> root.integer("n", "a number").orElse(1);
    assertThat(refusal(number, "n = -1")).isEqualTo("a.toml:1: n = -1: expected 0–2147483647");
    assertThat(refusal(number, "n = 2147483648"))
        .isEqualTo("a.toml:1: n = 2147483648: expected 0–2147483647");
    Function<Section, Long> large = root -> root.integer("n", "a number").atLeast(1).orElse(5L);
    assertThat(refusal(large, "n = 0")).isEqualTo("a.toml:1: n = 0: expected 1 or more");
  }

  @Test
  void theDefaultIsAllowedWhereverItLies() {
    Function<Section, Integer> number = root -> root.integer("n", "a number").range(5, 9).orElse(0);
    assertThat(Configuration.of(number).read(ConfigSource.text("a.toml", "n = 0")))
        .isInstanceOf(Loaded.class);
    assertThat(refusal(number, "n = 1")).isEqualTo("a.toml:1: n = 1: expected 5–9");
  }

  private static <T> String refusal(Function<Section, T> reader, String text) {
    return switch (Configuration.of(reader).read(ConfigSource.text("a.toml", text))) {
      case Loaded<T> loaded -> throw new AssertionError(loaded);
      case Refused<T> refused -> refused.problems().getFirst().toString();
    };
  }

  private static List<String> told(ConfigSource source) {
    return switch (Configuration.of(CrossCheckTest::pair).read(source)) {
      case Loaded<String> loaded ->
          List.of(loaded.value(), loaded.warnings().getFirst().toString());
      case Refused<String> refused -> refused.problems().stream().map(Object::toString).toList();
    };
  }
}
