package dev.gatehouse.config.document;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.config.tree.Node;
import dev.gatehouse.config.tree.Node.Array;
import dev.gatehouse.config.tree.Node.Kind;
import dev.gatehouse.config.tree.Node.Scalar;
import dev.gatehouse.config.tree.Node.Table;
import dev.gatehouse.config.tree.TreeReader;
import dev.gatehouse.config.tree.TreeReader.Result.Grown;
import dev.gatehouse.config.tree.TreeReader.Result.Malformed;
import dev.gatehouse.config.tree.TreeReader.Syntax;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TomlTextTest {

  @Test
  void plainValuesStandBeforeEveryHeader() {
    Map<String, Node> entries = new LinkedHashMap<>();
    entries.put("table", new Table(0, Map.of("inner", new Table(0, Map.of()))));
    entries.put("tables", new Array(0, List.of(table("a", 1), table("a", 2))));
    entries.put("list", new Array(0, List.of(Scalar.integer(1), Scalar.text("b"))));
    entries.put("mixed", new Array(0, List.of(Scalar.integer(1), table("a", 3))));
    entries.put("none", new Array(0, List.of()));
    entries.put("text", Scalar.text("t"));
    assertThat(TomlText.of(new Table(0, entries)))
        .isEqualTo(
            """
            list = [1, "b"]
            mixed = [1, {a = 3}]
            none = []
            text = "t"

            [table]

            [table.inner]

            [[tables]]
            a = 1

            [[tables]]
            a = 2
            """);
  }

  @Test
  void nothingIsNoText() {
    assertThat(TomlText.of(new Table(0, Map.of()))).isEmpty();
  }

  @Test
  void aKeyIsQuotedWhereItMustBe() {
    assertThat(TomlText.of(table("a-b_9", 1))).isEqualTo("a-b_9 = 1\n");
    assertThat(TomlText.of(table("a.b", 1))).isEqualTo("\"a.b\" = 1\n");
    assertThat(TomlText.of(table("é\"", 1))).isEqualTo("\"é\\\"\" = 1\n");
    Table headed = new Table(0, Map.of("a b", new Table(0, Map.of("c.d", table("e", 1)))));
    assertThat(TomlText.of(headed)).isEqualTo("[\"a b\"]\n\n[\"a b\".\"c.d\"]\ne = 1\n");
  }

  @ParameterizedTest
  @CsvSource({
    "TEXT,a,\"a\"",
    "TEXT,'a\"b\\c','\"a\\\"b\\\\c\"'",
    "UNTYPED,a,\"a\"",
    "INTEGER,-7,-7",
    "DECIMAL,0.5,0.5",
    "BOOLEAN,true,true",
    "MOMENT,1979-05-27,1979-05-27",
  })
  void aPlainValueIsWrittenAsItsKind(Kind kind, String text, String written) {
    Scalar scalar = new Scalar(0, kind, text);
    assertThat(TomlText.inline(scalar)).isEqualTo(written);
    assertThat(TomlText.value(scalar)).isEqualTo(text);
    assertThat(TomlText.assignment("k", scalar)).isEqualTo("k = " + written);
  }

  @ParameterizedTest
  @CsvSource({
    "10,\\n",
    "9,\\t",
    "13,\\r",
    "0,\\u0000",
    "27,\\u001b",
    "127,\\u007f",
    "34,\\\"",
    "92,\\\\"
  })
  void aCharacterThatTextCannotHoldIsEscaped(int character, String escaped) {
    assertThat(TomlText.inline(Scalar.text(Character.toString(character))))
        .isEqualTo('"' + escaped + '"');
  }

  @Test
  void aListForAReaderIsWrittenAsInTheFile() {
    assertThat(TomlText.value(new Array(0, List.of(Scalar.text("a"), Scalar.text("b")))))
        .isEqualTo("[\"a\", \"b\"]");
    assertThat(TomlText.value(table("a", 1))).isEqualTo("{a = 1}");
  }

  @Test
  void anyTreeReadsAsItselfAndIsWrittenTheSameAgain() {
    for (int seed = 0; seed < 500; seed++) {
      Table tree = RandomTree.of(new Random(seed));
      String written = TomlText.of(tree);
      Node read = RandomTree.withoutLines(read(written));
      assertThat(read).as("seed %d:%n%s", seed, written).isEqualTo(tree);
      assertThat(TomlText.of((Table) read)).hasSameSizeAs(written);
    }
  }

  private static Table read(String text) {
    return switch (TreeReader.read(text.getBytes(UTF_8), Syntax.TOML, "f")) {
      case Grown(Table root) -> root;
      case Malformed malformed -> throw new AssertionError(malformed + "\n" + text);
    };
  }

  private static Table table(String key, long value) {
    return new Table(0, Map.of(key, Scalar.integer(value)));
  }
}
