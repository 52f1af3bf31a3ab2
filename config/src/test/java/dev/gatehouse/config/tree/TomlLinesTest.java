package dev.gatehouse.config.tree;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.config.tree.Node.Scalar;
import dev.gatehouse.config.tree.Node.Table;
import dev.gatehouse.config.tree.TreeReader.Result.Grown;
import dev.gatehouse.config.tree.TreeReader.Syntax;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TomlLinesTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "a = 1\\n | a = 1\\n",
        "a = 1 | a = 1",
        "# c\\na = 1\\n | a = 1\\n",
        "# c\\n# c\\n\\n  \\t\\n# c | ``",
        "a = 1 # c\\nb = 2\\n | a = 1 # c\\nb = 2\\n",
        "a = '#'\\n#\\n | a = '#'\\n",
        "a = \"#\"\\n#\\n | a = \"#\"\\n",
        "a = \"\\\\\"#\"\\n# c\\n | a = \"\\\\\"#\"\\n",
        "a = '\\\\'\\n# c\\n | a = '\\\\'\\n",
        "# it's\\na = 1\\n# \"\\n | a = 1\\n",
        "# '''\\na = 1\\n# \"\"\"\\nb = 2 | a = 1\\nb = 2",
        "a = '''\\n# kept\\n\\n'''\\n# c\\n | a = '''\\n# kept\\n\\n'''\\n",
        "a = \"\"\"\\n# kept\\n\\\\\"\"\" # kept\\n\"\"\"\\n# c\\n | a = \"\"\"\\n# kept\\n\\\\\"\"\""
            + " # kept\\n\"\"\"\\n",
        "a = ''\\n# c\\n | a = ''\\n",
        "a = ''''''\\n# c\\n | a = ''''''\\n",
        "a = [\\n# c\\n1,\\n\\n]\\n | a = [\\n1,\\n]\\n",
        "# c\\r\\na = 1\\r\\n\\r\\nb = 2\\r\\n | a = 1\\r\\nb = 2\\r\\n",
        "a = 'open\\n# c\\nb = 1 | a = 'open\\nb = 1",
        "a = \"open\\\\\\n# c\\nb = 1 | a = \"open\\\\\\nb = 1",
      })
  void onlyBlankLinesAndCommentsOutsideOfTextAreLeftOut(String text, String kept)
      throws MalformedTreeException {
    assertThat(TomlLines.of(text.translateEscapes()).text()).isEqualTo(kept.translateEscapes());
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r\n"})
  void aKeptLineKnowsItsNumberInTheFile(String lineBreak) throws MalformedTreeException {
    String text = String.join(lineBreak, "# 1", "a = 2", "", "b = '''", "# 5", "'''", "# 7", "c=8");
    TomlLines lines = TomlLines.of(text);
    assertThat(lines.number(1)).isEqualTo(2);
    assertThat(lines.number(2)).isEqualTo(4);
    assertThat(lines.number(3)).isEqualTo(5);
    assertThat(lines.number(4)).isEqualTo(6);
    assertThat(lines.number(5)).isEqualTo(8);
  }

  @Test
  void aLineThatThereIsNotIsTheNearestOne() throws MalformedTreeException {
    TomlLines lines = TomlLines.of("\n\na = 1\n\nb = 2\n\n");
    assertThat(lines.number(0)).isEqualTo(3);
    assertThat(lines.number(3)).isEqualTo(5);
    assertThat(lines.number(Integer.MAX_VALUE)).isEqualTo(5);
    assertThat(TomlLines.of("# only\n").number(1)).isEqualTo(1);
    assertThat(TomlLines.of("").number(7)).isEqualTo(1);
  }

  @Test
  void bracketsAreCountedOutsideOfTextAndComments() throws MalformedTreeException {
    String most = "[{".repeat(Limits.MAX_DEPTH / 2);
    assertThat(TomlLines.of("a = " + most + " # [\nb = ']'").text()).contains(most);
    assertThatThrownBy(() -> TomlLines.of("\n'[' # [\na = " + most + "["))
        .isInstanceOf(MalformedTreeException.class)
        .hasMessage("nested too deeply: expected at most 32 levels");
  }

  @Test
  void bracketsThatCloseMakeRoomAndNeverMoreThanThat() throws MalformedTreeException {
    assertThat(TomlLines.of("[a]\n".repeat(1_000)).number(1_000)).isEqualTo(1_000);
    String most = "[".repeat(Limits.MAX_DEPTH);
    assertThat(TomlLines.of("]]]]" + most).text()).hasSize(4 + Limits.MAX_DEPTH);
    assertThatThrownBy(() -> TomlLines.of("]]]]" + most + "["))
        .isInstanceOf(MalformedTreeException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r\n"})
  void everyValueStandsInItsLineHoweverManyCommentsAreAround(String lineBreak) {
    Random random = new Random(7);
    for (int round = 0; round < 50; round++) {
      StringBuilder text = new StringBuilder();
      int[] lines = new int[20];
      int line = 1;
      for (int key = 0; key < lines.length; key++) {
        for (int noise = random.nextInt(4); noise > 0; noise--, line++) {
          text.append(random.nextBoolean() ? "# [\"' " : "\t ").append(lineBreak);
        }
        lines[key] = line++;
        text.append('k').append(key).append(" = '#' # '").append(lineBreak);
      }
      Table table = table(text.toString());
      for (int key = 0; key < lines.length; key++) {
        assertThat(table.entries().get("k" + key)).isEqualTo(text(lines[key], "#"));
      }
    }
  }

  @Test
  void aTextOfSeveralLinesIsReadAsItStands() {
    assertThat(table("a = '''\n# b\n\n  # c'''\nd = '#'").entries())
        .containsEntry("a", text(1, "# b\n\n  # c"))
        .containsEntry("d", text(5, "#"));
    assertThat(table("a = \"\"\"\\\n   # b\\\n\n   c\"\"\"\nd = '#'").entries())
        .containsEntry("a", text(1, "# bc"))
        .containsEntry("d", text(5, "#"));
  }

  @Test
  void aLongRunOfCommentsTakesNoTimeToSpeakOf() {
    String comments = "# comment\n".repeat(100_000);
    assertThat(table(comments + "a = 'b'").entries()).containsEntry("a", text(100_001, "b"));
  }

  private static Scalar text(int line, String text) {
    return new Scalar(line, Node.Kind.TEXT, text);
  }

  private static Table table(String text) {
    return switch (TreeReader.read(text.getBytes(UTF_8), Syntax.TOML, "f")) {
      case Grown(Table root) -> root;
      case TreeReader.Result.Malformed malformed -> throw new AssertionError(malformed);
    };
  }
}
