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

class YamlTextTest {

  @Test
  void everyKindIsWrittenAsItself() {
    Map<String, Node> entries = new LinkedHashMap<>();
    entries.put("text", Scalar.text("true"));
    entries.put("flag", new Scalar(0, Kind.BOOLEAN, "true"));
    entries.put("number", Scalar.integer(-7));
    entries.put("list", new Array(0, List.of(Scalar.text(":443"), Scalar.text("10"))));
    entries.put("table", new Table(0, Map.of("mode", Scalar.text("0600"))));
    assertThat(YamlText.of(new Table(0, entries)))
        .isEqualTo(
            """
            text: "true"
            flag: true
            number: -7
            list:
            - ":443"
            - "10"
            table:
              mode: "0600"
            """);
  }

  @Test
  void anyTreeWithTheKeysOfAConfigurationReadsAsItself() {
    for (int seed = 0; seed < 500; seed++) {
      Node tree = withPlainKeys(RandomTree.of(new Random(seed)));
      String written = YamlText.of((Table) tree);
      Node read = RandomTree.withoutLines(read(written));
      assertThat(read).as("seed %d:%n%s", seed, written).isEqualTo(tree);
    }
  }

  private static Node withPlainKeys(Node node) {
    return switch (node) {
      case Scalar scalar -> scalar;
      case Array array ->
          new Array(0, array.elements().stream().map(YamlTextTest::withPlainKeys).toList());
      case Table table -> {
        Map<String, Node> entries = new LinkedHashMap<>();
        table.entries().values().forEach(e -> entries.put("k_" + entries.size(), withPlainKeys(e)));
        yield new Table(0, entries);
      }
    };
  }

  private static Table read(String text) {
    return switch (TreeReader.read(text.getBytes(UTF_8), Syntax.YAML, "f")) {
      case Grown(Table root) -> root;
      case Malformed malformed -> throw new AssertionError(malformed + "\n" + text);
    };
  }
}
