package dev.gatehouse.config.document;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.config.Configuration;
import dev.gatehouse.config.Section;
import dev.gatehouse.config.tree.Node;
import dev.gatehouse.config.tree.Node.Array;
import dev.gatehouse.config.tree.Node.Scalar;
import dev.gatehouse.config.tree.Node.Table;
import dev.gatehouse.config.tree.TreeReader;
import dev.gatehouse.config.tree.TreeReader.Result.Grown;
import dev.gatehouse.config.tree.TreeReader.Result.Malformed;
import dev.gatehouse.config.tree.TreeReader.Syntax;
import dev.gatehouse.config.value.DurationText;
import dev.gatehouse.config.value.SizeText;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The schema of one key at a time, read back as the JSON that it is. */
class JsonSchemaTest {

  private enum Level {
    LOW,
    HIGH;

    String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private static final Map<String, Function<Section, Object>> KEYS =
      Map.ofEntries(
          Map.entry("integer", s -> s.integer("k", "d").range(-1, 9).orElse(3)),
          Map.entry("unbounded", s -> s.integer("k", "d").optional()),
          Map.entry("apart", s -> s.integer("k", "d").range(5, 9).orZero().orElse(5)),
          Map.entry("outside", s -> s.integer("k", "d").range(5, 9).orElse(20)),
          Map.entry("both", s -> s.integer("k", "d").range(5, 9).orZero().orElse(20)),
          Map.entry("same", s -> s.integer("k", "d").range(5, 9).orZero().orElse(0)),
          Map.entry("decimal", s -> s.decimal("k", "d").range(0.5, 2).orElse(1)),
          Map.entry("flag", s -> s.flag("k", "d").orElse(true)),
          Map.entry("text", s -> s.text("k", "d \"q\" \\ \n").orElse("a\tb")),
          Map.entry("duration", s -> s.duration("k", "d").orElse(Duration.ofHours(2))),
          Map.entry("size", s -> s.size("k", "d").orElse(4096)),
          Map.entry("choice", s -> s.choice("k", "d", Level.class, Level::label).orElse(Level.LOW)),
          Map.entry("value", s -> s.value("k", "d", "anything", Optional::of).orElse("x")),
          Map.entry("strings", s -> s.strings("k", "d").orElse(List.of("a", "b"))),
          Map.entry(
              "choices", s -> s.choices("k", "d", Level.class, Level::label).orElse(List.of())),
          Map.entry("secret", s -> s.secret("k", "d")),
          Map.entry("secrets", s -> s.secrets("k", "d")),
          Map.entry("required", s -> s.integer("k", "d").range(1, 9).required(7)));

  @ParameterizedTest
  @CsvSource(
      delimiterString = " is ",
      quoteCharacter = '`',
      value = {
        "integer is type=integer minimum=-1 maximum=9 default=3",
        "unbounded is type=integer minimum=0",
        "apart is anyOf=[{type=integer minimum=5 maximum=9} {const=0}] default=5",
        "outside is anyOf=[{type=integer minimum=5 maximum=9} {const=20}] default=20",
        "both is anyOf=[{type=integer minimum=5 maximum=9} {const=0} {const=20}] default=20",
        "same is anyOf=[{type=integer minimum=5 maximum=9} {const=0}] default=0",
        "decimal is type=number minimum=0.5 maximum=2 default=1",
        "flag is type=boolean default=true",
        "text is type=string default=a\\tb",
        "duration is type=[string integer] maximum=0 minimum=0"
            + " pattern=^(([0-9]{1,12}(ms|s|m|h|d))+|0)$ default=2h",
        "size is type=[string integer] minimum=0 pattern=^[0-9]{1,10}(B|KiB|MiB|GiB|TiB)?$"
            + " default=4KiB",
        "choice is enum=[low high] default=low",
        "value is type=[string integer] default=x",
        "strings is type=array items={type=string} default=[a b]",
        "choices is type=array items={enum=[low high]} default=[]",
        "secret is type=string",
        "secrets is type=array items={type=string} default=[]",
        "required is type=integer minimum=1 maximum=9 examples=[7]",
      })
  void aKeySaysItsTypeItsRangeAndItsDefault(String name, String schema) {
    Table property = property(name);
    assertThat(told(property))
        .isEqualTo("{description=" + description(property) + " " + schema.translateEscapes() + "}");
  }

  @Test
  void aDescriptionEndsWithWhatIsExpected() {
    assertThat(description(property("integer"))).isEqualTo("d (-1–9)");
    assertThat(description(property("text"))).isEqualTo("d \"q\" \\ \n (text)");
    assertThat(description(property("strings"))).isEqualTo("d (a list of text)");
  }

  @Test
  void onlyARequiredKeyIsRequiredAndNoOtherKeyIsAllowed() {
    assertThat(schema(KEYS.get("required")).entries())
        .containsEntry("required", new Array(0, List.of(Scalar.text("k"))));
    assertThat(schema(KEYS.get("integer")).entries()).doesNotContainKey("required");
    assertThat(
            told(
                Objects.requireNonNull(
                    schema(KEYS.get("flag")).entries().get("additionalProperties"))))
        .isEqualTo("false");
  }

  @Test
  void everyObjectAtEveryDepthIsClosed() {
    Table schema =
        schema(
            root -> {
              Section outer = root.section("outer", "o");
              return outer.section("inner", "i").flag("k", "d").orElse(true)
                  + outer.tables("list", "l", e -> e.text("k", "d").orElse("")).toString();
            });
    assertThat(told(schema).split("type=object", -1)).hasSize(5);
    assertThat(told(schema).split("additionalProperties=false", -1)).hasSize(5);
    assertThat(told(schema)).contains("outer={description=o type=object", "inner={description=i");
  }

  @Test
  void aSchemaNamesItsDialectAndItsTitle() {
    assertThat(JsonSchema.of(Configuration.of(_ -> "").describe(), "A \"title\""))
        .isEqualTo(
            """
            {
              "$schema": "https://json-schema.org/draft/2020-12/schema",
              "title": "A \\"title\\"",
              "type": "object",
              "properties": {},
              "additionalProperties": false
            }
            """);
  }

  @ParameterizedTest
  @CsvSource({"1s", "1h30m", "250ms", "0", "14d", "5", "s", "-1s", "1 s", "''", "1.5s", "1KiB"})
  void theSchemaTakesTheDurationsThatTheReaderTakes(String text) {
    assertThat(text.matches(pattern("duration"))).isEqualTo(DurationText.parse(text).isPresent());
  }

  @ParameterizedTest
  @CsvSource({"0", "1", "1B", "256KiB", "4MiB", "1GiB", "1TiB", "1KB", "KiB", "-1", "''", "1s"})
  void theSchemaTakesTheSizesThatTheReaderTakes(String text) {
    assertThat(text.matches(pattern("size"))).isEqualTo(SizeText.parse(text).isPresent());
  }

  @Test
  void controlCharactersAndQuotesAreEscapedInJson() {
    assertThat(JsonText.of(Map.of("a\"b", List.of("\u0000\n\\", true, 7, List.of(), Map.of()))))
        .isEqualTo("{\n  \"a\\\"b\": [\"\\u0000\\u000a\\\\\", true, 7, [], {}]\n}\n");
  }

  private static String pattern(String name) {
    return told(Objects.requireNonNull(property(name).entries().get("pattern")));
  }

  private static String description(Table property) {
    return told(Objects.requireNonNull(property.entries().get("description")));
  }

  private static Table property(String name) {
    Table properties =
        (Table) Objects.requireNonNull(schema(KEYS.get(name)).entries().get("properties"));
    return (Table) Objects.requireNonNull(properties.entries().get("k"));
  }

  /** JSON is YAML. */
  private static Table schema(@Nullable Function<Section, Object> reader) {
    Declaration.Section declared = Configuration.of(Objects.requireNonNull(reader)).describe();
    byte[] json = JsonSchema.of(declared, "t").getBytes(UTF_8);
    return switch (TreeReader.read(json, Syntax.YAML, "f")) {
      case Grown(Table root) -> (Table) withoutLines(root);
      case Malformed malformed -> throw new AssertionError(malformed);
    };
  }

  private static Node withoutLines(Node node) {
    return switch (node) {
      case Scalar scalar -> new Scalar(0, scalar.kind(), scalar.text());
      case Array array ->
          new Array(0, array.elements().stream().map(JsonSchemaTest::withoutLines).toList());
      case Table table -> {
        Map<String, Node> entries = new LinkedHashMap<>();
        table.entries().forEach((name, entry) -> entries.put(name, withoutLines(entry)));
        yield new Table(0, entries);
      }
    };
  }

  private static String told(Node node) {
    return switch (node) {
      case Scalar scalar -> scalar.text();
      case Array array ->
          array.elements().stream()
              .map(JsonSchemaTest::told)
              .collect(Collectors.joining(" ", "[", "]"));
      case Table table ->
          table.entries().entrySet().stream()
              .map(entry -> entry.getKey() + "=" + told(entry.getValue()))
              .collect(Collectors.joining(" ", "{", "}"));
    };
  }
}
