package dev.gatehouse.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.config.ConfigResult.Loaded;
import dev.gatehouse.config.ConfigResult.Refused;
import dev.gatehouse.config.source.ConfigSource;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** One key of each kind, read from every place that it can come from. */
class KeyKindTest {

  private enum Color {
    RED,
    DARK_BLUE;

    String label() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  private record Even(int value) {

    static Optional<Even> parse(String text) {
      return text.matches("[0-9]{0,3}[02468]")
          ? Optional.of(new Even(Integer.parseInt(text)))
          : Optional.empty();
    }

    @Override
    public String toString() {
      return Integer.toString(value);
    }
  }

  /** A key called {@code k}, its default, and a value that is not the default. */
  enum Kind {
    INTEGER(s -> s.integer("k", "").range(-5, 9).orElse(3), "3", "7", "7"),
    LONG(s -> s.integer("k", "").atLeast(2).orElse(5_000_000_000L), "5000000000", "2", "2"),
    DECIMAL(s -> s.decimal("k", "").range(-1, 2.5).orElse(0.25), "0.25", "1.5", "1.5"),
    FLAG(s -> s.flag("k", "").orElse(true), "true", "false", "false"),
    TEXT(s -> s.text("k", "").orElse("a"), "a", "'b # \"c\"'", "b # \"c\""),
    MATCHING(
        s -> s.text("k", "").matching(t -> t.startsWith("b"), "text with a b").orElse("a"),
        "a",
        "'bc'",
        "bc"),
    DURATION(s -> s.duration("k", "").orElse(Duration.ofMinutes(1)), "PT1M", "'1h30m'", "PT1H30M"),
    SIZE(s -> s.size("k", "").range(1 << 10, 1 << 20).orElse(2048), "2048", "'4KiB'", "4096"),
    CHOICE(
        s -> s.choice("k", "", Color.class, Color::label).orElse(Color.RED),
        "RED",
        "'dark-blue'",
        "DARK_BLUE"),
    VALUE(
        s -> s.value("k", "", "an even number", Even::parse).orElse(new Even(2)),
        "2",
        "'10'",
        "10"),
    STRINGS(s -> s.strings("k", "").orElse(List.of("a")), "[a]", "['b', 'c']", "[b, c]"),
    VALUES(
        s -> s.values("k", "", "an even number", Even::parse).orElse(List.of()),
        "[]",
        "[4, '6']",
        "[4, 6]"),
    CHOICES(
        s -> s.choices("k", "", Color.class, Color::label).orElse(List.of(Color.RED)),
        "[RED]",
        "['dark-blue', 'red']",
        "[DARK_BLUE, RED]"),
    VARIANT(
        s ->
            s.variant(
                    "k",
                    "",
                    Map.<String, Function<Section, String>>of("x", _ -> "X", "y", _ -> "Y"))
                .orElse("x"),
        "X",
        "'y'",
        "Y");

    @SuppressWarnings("ImmutableEnumChecker") // method references without state
    private final Function<Section, Object> reader;

    private final String byDefault;
    private final String written;
    private final String read;

    Kind(Function<Section, Object> reader, String byDefault, String written, String read) {
      this.reader = reader;
      this.byDefault = byDefault;
      this.written = written;
      this.read = read;
    }

    String outcome(ConfigSource source) {
      return switch (Configuration.of(reader).read(source)) {
        case Loaded<Object> loaded -> loaded.value().toString();
        case Refused<Object> refused -> refused.problems().toString();
      };
    }

    String error(ConfigSource source) {
      return switch (Configuration.of(reader).read(source)) {
        case Loaded<Object> loaded -> "loaded: " + loaded.value();
        case Refused<Object>(var problems, _) ->
            problems.size() == 1 ? problems.getFirst().toString() : problems.toString();
      };
    }

    /** As a variable says it: without brackets and quotes. */
    String bare() {
      return written.startsWith("[")
          ? written.replaceAll("[\\[\\]']", "")
          : written.replace("'", "");
    }
  }

  @ParameterizedTest
  @EnumSource
  void aKeyThatIsLeftOutHasItsDefault(Kind kind) {
    assertThat(kind.outcome(ConfigSource.builtIn())).isEqualTo(kind.byDefault);
    assertThat(kind.outcome(ConfigSource.text("a.toml", ""))).isEqualTo(kind.byDefault);
    assertThat(kind.outcome(ConfigSource.text("a.yaml", ""))).isEqualTo(kind.byDefault);
  }

  @ParameterizedTest
  @EnumSource
  void tomlAndYamlSetAKeyAlike(Kind kind) {
    assertThat(kind.outcome(ConfigSource.text("a.toml", "k = " + kind.written)))
        .isEqualTo(kind.read);
    assertThat(kind.outcome(ConfigSource.text("a.yaml", "k: " + kind.written)))
        .isEqualTo(kind.read);
  }

  @ParameterizedTest
  @EnumSource
  void aVariableAFlagAndAPresetNeedNoQuotes(Kind kind) {
    assertThat(kind.outcome(variable(kind.bare()))).isEqualTo(kind.read);
    assertThat(kind.outcome(ConfigSource.builtIn().with("k", "--k", kind.bare())))
        .isEqualTo(kind.read);
    assertThat(kind.outcome(ConfigSource.builtIn().withPreset("k", kind.bare())))
        .isEqualTo(kind.read);
  }

  @ParameterizedTest
  @EnumSource
  void theDeclarationIsTheSameWhateverIsRead(Kind kind) {
    Configuration<Object> configuration = Configuration.of(kind.reader);
    var before = configuration.describe();
    configuration.read(variable(kind.bare()));
    assertThat(configuration.describe()).isEqualTo(before);
    assertThat(before.members()).singleElement().extracting("name").isEqualTo("k");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "INTEGER  | -5     | -5",
        "INTEGER  | -6     | -6: expected -5–9",
        "INTEGER  | 9      | 9",
        "INTEGER  | 10     | 10: expected -5–9",
        "LONG     | 1      | 1: expected 2 or more",
        "LONG     | 999999999999999999 | 999999999999999999",
        "DECIMAL  | -1     | -1.0",
        "DECIMAL  | -1.001 | -1.001: expected -1–2.5",
        "DECIMAL  | 2.5    | 2.5",
        "DECIMAL  | 2.501  | 2.501: expected -1–2.5",
        "DURATION | '1ms'  | PT0.001S",
        "DURATION | '0s'   | \"0s\": expected 1ms–24h",
        "DURATION | '24h'  | PT24H",
        "DURATION | '24h1ms' | \"24h1ms\": expected 1ms–24h",
        "DURATION | '999999999999d' | \"999999999999d\": expected 1ms–24h",
        "SIZE     | 1024   | 1024",
        "SIZE     | 1023   | 1023: expected 1KiB–1MiB",
        "SIZE     | '1MiB' | 1048576",
        "SIZE     | '1025KiB' | \"1025KiB\": expected 1KiB–1MiB",
      })
  void aRangeIncludesBothEndsAndIsNamedOutsideOfThem(Kind kind, String written, String outcome) {
    boolean refused = outcome.contains("expected");
    assertThat(kind.error(ConfigSource.text("a.toml", "k = " + written)))
        .isEqualTo((refused ? "a.toml:1: k = " : "loaded: ") + outcome);
    assertThat(kind.error(ConfigSource.text("a.yaml", "k: " + written)))
        .isEqualTo((refused ? "a.yaml:1: k = " : "loaded: ") + outcome);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "INTEGER  | '7'    | \"7\": expected a whole number, from -5 to 9",
        "INTEGER  | true   | true: expected a whole number, from -5 to 9",
        "INTEGER  | 7.5    | 7.5: expected a whole number, from -5 to 9",
        "LONG     | 'many' | \"many\": expected a whole number, 2 or more",
        "DECIMAL  | 'half' | \"half\": expected a number, from -1 to 2.5",
        "FLAG     | 'true' | \"true\": expected true or false",
        "FLAG     | 1      | 1: expected true or false",
        "TEXT     | 1      | 1: expected text",
        "TEXT     | true   | true: expected text",
        "MATCHING | 1      | 1: expected text with a b",
        "MATCHING | 'c'    | \"c\": expected text with a b",
        "DURATION | 'soon' | \"soon\": expected a duration such as \"30s\", from 1ms to 24h",
        "DURATION | 30     | 30: expected a duration such as \"30s\", from 1ms to 24h",
        "DURATION | []     | […]: expected a duration such as \"30s\", from 1ms to 24h",
        "SIZE     | 'big'  | \"big\": expected a size such as \"256KiB\", from 1KiB to 1MiB",
        "SIZE     | '9999999999TiB' | \"9999999999TiB\": expected a size such as \"256KiB\", from"
            + " 1KiB to 1MiB",
        "CHOICE   | 'RED'  | \"RED\": expected red or dark-blue; did you mean \"red\"?",
        "CHOICE   | 'dark_blue' | \"dark_blue\": expected red or dark-blue; did you mean"
            + " \"dark-blue\"?",
        "CHOICE   | 1      | 1: expected red or dark-blue",
        "VALUE    | 7      | 7: expected an even number",
        "VALUE    | 7.0    | 7.0: expected an even number",
        "STRINGS  | 'b'    | \"b\": expected a list of text",
        "STRINGS  | {}     | {…}: expected a list of text",
        "VALUES   | 4      | 4: expected a list of an even number",
        "VARIANT  | 'z'    | \"z\": expected x or y; did you mean \"x\"?",
        "VARIANT  | ['x']  | […]: expected x or y",
      })
  void anotherTypeIsAnsweredWithTheFormOfTheKey(Kind kind, String written, String outcome) {
    assertThat(kind.error(ConfigSource.text("a.toml", "k = " + written)))
        .isEqualTo("a.toml:1: k = " + outcome);
    assertThat(kind.error(ConfigSource.text("a.yaml", "k: " + written)))
        .isEqualTo("a.yaml:1: k = " + outcome);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "STRINGS | ['a', 1, {}] | k[1] = 1: expected text | k[2] = {…}: expected text",
        "VALUES  | [1, 2, 'x']  | k[0] = 1: expected an even number | k[2] = \"x\": expected an"
            + " even number",
        "CHOICES | ['red', 'rad', 1] | k[1] = \"rad\": expected red or dark-blue; did you mean"
            + " \"red\"? | k[2] = 1: expected red or dark-blue",
      })
  void everyWrongElementOfAListIsTold(Kind kind, String written, String first, String second) {
    assertThat(kind.error(ConfigSource.text("a.toml", "k = " + written)))
        .isEqualTo("[a.toml:1: " + first + ", a.toml:1: " + second + "]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "INTEGER  | expected a whole number, from -5 to 9",
        "LONG     | expected a whole number, 2 or more",
        "DECIMAL  | expected a number, from -1 to 2.5",
        "FLAG     | expected true or false",
        "MATCHING | expected text with a b",
        "DURATION | expected a duration such as \"30s\", from 1ms to 24h",
        "SIZE     | expected a size such as \"256KiB\", from 1KiB to 1MiB",
        "CHOICE   | expected red or dark-blue",
        "VALUE    | expected an even number",
        "VARIANT  | expected x or y; did you mean \"x\"?",
      })
  void anEmptyVariableIsAMistakeWhereTheKeyTakesNoEmptyText(Kind kind, String expectation) {
    assertThat(kind.error(variable(""))).isEqualTo("GATEHOUSE_K = \"\": " + expectation);
  }

  @ParameterizedTest
  @CsvSource({"TEXT,''", "STRINGS,[]", "VALUES,[]", "CHOICES,[]"})
  void anEmptyVariableIsAnEmptyTextOrAnEmptyList(Kind kind, String read) {
    assertThat(kind.outcome(variable(""))).isEqualTo(read);
    assertThat(kind.outcome(variable(" "))).isEqualTo(kind == Kind.TEXT ? " " : read);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "STRINGS | a,b    | [a, b]",
        "STRINGS | a , b  | [a, b]",
        "STRINGS | a,     | [a, ]",
        "VALUES  | 2,3,4  | [GATEHOUSE_K = \"3\": expected an even number]",
        "CHOICES | red    | [RED]",
      })
  void aVariableListsItsValuesBetweenCommas(Kind kind, String text, String outcome) {
    assertThat(kind.outcome(variable(text))).isEqualTo(outcome);
  }

  private static ConfigSource variable(String text) {
    return ConfigSource.text("a.toml", "").withEnvironment(Map.of("GATEHOUSE_K", text), Set.of());
  }
}
