package dev.gatehouse.app.dropin;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The flags of section 2.21 of the relay's specification, in the grammar of the predecessor. */
class ArgumentsTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--insecure-listen=:8080",
        "-insecure-listen=:8080",
        "--insecure-listen :8080",
        "-insecure-listen :8080",
        "--insecure-listen :1 --insecure-listen=:8080"
      })
  void oneDashIsTwoAndTheLastOfAFlagCounts(String line) {
    Arguments arguments = read(line);
    assertThat(arguments.problems()).isEmpty();
    assertThat(arguments.values()).isEqualTo(Map.of(RelayFlag.INSECURE_LISTEN, ":8080"));
  }

  @Test
  void aValueMayBeginWithADashOrBeEmpty() {
    assertThat(read("--max-connections -1 --metrics-listen=").values())
        .isEqualTo(Map.of(RelayFlag.MAX_CONNECTIONS, "-1", RelayFlag.METRICS_LISTEN, ""));
  }

  @ParameterizedTest
  @EnumSource
  void everyFlagIsUnderstood(RelayFlag flag) {
    Arguments arguments = read(flag.written() + (flag.isSwitch() ? "" : " x"));
    assertThat(arguments.problems()).isEmpty();
    assertThat(arguments.values()).isEqualTo(Map.of(flag, flag.isSwitch() ? "true" : "x"));
  }

  @ParameterizedTest
  @CsvSource({
    "1, true", "t, true", "T, true", "true, true", "TRUE, true", "True, true",
    "0, false", "f, false", "F, false", "false, false", "FALSE, false", "False, false",
  })
  void aSwitchUnderstandsTwelveWords(String word, String meaning) {
    assertThat(read("--trust-x-forwarded-for=" + word).values())
        .isEqualTo(Map.of(RelayFlag.TRUST_X_FORWARDED_FOR, meaning));
  }

  @ParameterizedTest
  @ValueSource(strings = {"yes", "2", "", "tRUE", " true"})
  void aSwitchUnderstandsNothingElse(String word) {
    assertThat(Arguments.of(List.of("--https-proxy-protocol=" + word)).problems())
        .containsExactly("--https-proxy-protocol: \"" + word + "\" (expected: true or false)");
  }

  @Test
  void aSwitchTakesNoValueFromTheNextWord() {
    Arguments arguments = read("--https-proxy-protocol false");
    assertThat(arguments.values()).isEqualTo(Map.of(RelayFlag.HTTPS_PROXY_PROTOCOL, "true"));
    assertThat(arguments.problems())
        .containsExactly("unexpected word \"false\" (expected: flags, see --help)");
  }

  @Test
  void allThatIsWrongIsTold() {
    assertThat(read("--nope --domain=a.example word -- --domain=b.example --max-connections"))
        .satisfies(
            arguments ->
                assertThat(arguments.values()).isEqualTo(Map.of(RelayFlag.DOMAIN, "a.example")))
        .satisfies(
            arguments ->
                assertThat(arguments.problems())
                    .containsExactly(
                        "unknown flag \"--nope\" (expected: one of those of --help)",
                        "unexpected word \"word\" (expected: flags, see --help)",
                        "unexpected word \"--domain=b.example\" (expected: flags, see --help)",
                        "unexpected word \"--max-connections\" (expected: flags, see --help)"));
  }

  @Test
  void aFlagAtTheEndWantsItsValue() {
    assertThat(read("--max-connections").problems())
        .containsExactly("--max-connections: no value (expected: one behind it)");
  }

  @Test
  void aLongWordIsCut() {
    assertThat(read("x".repeat(5000)).problems().getFirst()).hasSizeLessThan(150);
  }

  @ParameterizedTest
  @CsvSource({"-h", "-help", "--help", "--help=true"})
  void thereIsHelp(String word) {
    assertThat(read(word).help()).isTrue();
    assertThat(DropIn.help()).contains("--insecure-listen ADDRESS", "--config FILE", "--version");
  }

  @Test
  void thereIsAVersionAndAFile() {
    Arguments arguments = read("-version --config=relay.toml");
    assertThat(arguments.version()).isTrue();
    assertThat(arguments.config()).contains(Path.of("relay.toml"));
    assertThat(read("--version=0").version()).isFalse();
  }

  private static Arguments read(String line) {
    return Arguments.of(List.of(line.split(" ", -1)));
  }
}
