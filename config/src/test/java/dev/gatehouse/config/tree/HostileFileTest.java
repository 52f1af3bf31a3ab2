package dev.gatehouse.config.tree;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.config.tree.Node.Array;
import dev.gatehouse.config.tree.Node.Kind;
import dev.gatehouse.config.tree.Node.Scalar;
import dev.gatehouse.config.tree.Node.Table;
import dev.gatehouse.config.tree.TreeReader.Result;
import dev.gatehouse.config.tree.TreeReader.Result.Grown;
import dev.gatehouse.config.tree.TreeReader.Result.Malformed;
import dev.gatehouse.config.tree.TreeReader.Syntax;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostileFileTest {

  @ParameterizedTest
  @EnumSource
  void aFileOfExactlyTheLimitIsReadAndOneByteMoreIsRefused(Syntax syntax) {
    byte[] largest = ("#" + "\n".repeat(Limits.MAX_BYTES - 1)).getBytes(UTF_8);
    assertThat(TreeReader.read(largest, syntax, "f")).isInstanceOf(Grown.class);
    byte[] larger = ("#" + "\n".repeat(Limits.MAX_BYTES)).getBytes(UTF_8);
    assertThat(problems(TreeReader.read(larger, syntax, "f")))
        .containsExactly("f: the file has 1048577 bytes: expected at most 1048576");
  }

  @ParameterizedTest
  @EnumSource
  void aLineOfExactlyTheLimitIsReadAndOneCharacterMoreIsRefused(Syntax syntax) {
    String longest = "#".repeat(Limits.MAX_LINE_LENGTH);
    assertThat(read(syntax, "\n" + longest + "\n")).isInstanceOf(Grown.class);
    assertThat(problems(read(syntax, "\n" + longest + "#")))
        .containsExactly("f:2: a line of more than 65536 characters");
  }

  @ParameterizedTest
  @CsvSource({"TOML,a = ", "YAML,a: "})
  void listsNestToTheLimitAndNoDeeper(Syntax syntax, String key) {
    int most = Limits.MAX_DEPTH - (syntax == Syntax.YAML ? 1 : 0);
    assertThat(read(syntax, key + " " + nested(most))).isInstanceOf(Grown.class);
    assertThat(problems(read(syntax, "\n" + key + " " + nested(most + 1))))
        .containsExactly("f:2: nested too deeply: expected at most 32 levels");
    assertThat(read(syntax, key + " " + "[\n".repeat(300_000))).isInstanceOf(Malformed.class);
  }

  @Test
  void tablesNestToTheLimitAndNoDeeper() {
    assertThat(read(Syntax.TOML, "[" + dotted(32) + "]")).isInstanceOf(Grown.class);
    assertThat(problems(read(Syntax.TOML, "[" + dotted(33) + "]")))
        .containsExactly("f:1: nested too deeply: expected at most 32 levels");
    assertThat(read(Syntax.TOML, dotted(30_000) + " = 1")).isInstanceOf(Malformed.class);
  }

  @Test
  void bracketsInTextAndCommentsNestNothing() {
    String brackets = "[{".repeat(40);
    String text =
        """
        a = "%1$s \\" %1$s" # %1$s
        b = '%1$s \\'
        c = \"""
        %1$s " \\\""" %1$s
        \"""
        d = '''
        %1$s ' '''
        """
            .formatted(brackets);
    assertThat(read(Syntax.TOML, text)).isInstanceOf(Grown.class);
  }

  @Test
  void commentsAndBlankLinesMoveNoLine() {
    String text =
        """
        # [not a section]

        a = \"""

        # text
        \""" # comment

        # comment
        b = 1 # comment
        [c] # comment

        d = [ # comment
          # comment
          2,
        ]
        """;
    assertThat(read(Syntax.TOML, text))
        .isEqualTo(
            new Grown(
                new Table(
                    1,
                    Map.of(
                        "a", new Scalar(3, Kind.TEXT, "\n# text\n"),
                        "b", new Scalar(9, Kind.INTEGER, "1"),
                        "c",
                            new Table(
                                10,
                                Map.of(
                                    "d",
                                    new Array(12, List.of(new Scalar(14, Kind.INTEGER, "2")))))))));
  }

  @ParameterizedTest
  @EnumSource
  void bytesThatAreNotUtf8AreRefusedWithTheirLine(Syntax syntax) {
    byte[] bytes = {'#', 'a', '\n', '#', (byte) 0xc3, '(', '\n'};
    assertThat(problems(TreeReader.read(bytes, syntax, "f")))
        .containsExactly("f:2: not UTF-8: save as UTF-8");
    byte[] cut = {'#', 'a', '\n', '#', (byte) 0xc3};
    assertThat(problems(TreeReader.read(cut, syntax, "f")))
        .containsExactly("f:2: not UTF-8: save as UTF-8");
  }

  @ParameterizedTest
  @EnumSource
  void controlCharactersAreRefusedWithTheirLine(Syntax syntax) {
    assertThat(problems(read(syntax, "#\n#\u0000")))
        .containsExactly("f:2: control character 0x00: expected plain text");
    assertThat(problems(read(syntax, "#\r\n#\r#")))
        .containsExactly("f:2: control character 0x0d: expected plain text");
    assertThat(problems(read(syntax, "#\u001b[31m")))
        .containsExactly("f:1: control character 0x1b: expected plain text");
  }

  @ParameterizedTest
  @EnumSource
  void aByteOrderMarkAndAnEmptyFileAreHarmless(Syntax syntax) {
    assertThat(read(syntax, "\uFEFF# nothing\r\n")).isInstanceOf(Grown.class);
    assertThat(read(syntax, "")).isInstanceOf(Grown.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "YAML | a: 1\\nb:\\n  c: 1\\n  c: 2 | f:4: c: given twice; first in line 3",
        "YAML | a: &x [1]\\nb: *x | f:2: an alias (*): expected the value itself",
        "YAML | a: 1\\n---\\nb: 2 | f:3: a second document: expected one",
        "YAML | a: !!str 1 | f:1: a tag (!): expected the value alone",
        "YAML | a:\\n\\tb: 1 | f:2: not YAML: a tab: expected spaces",
        "YAML | [1] | f:1: expected sections such as \"watch:\"",
        "YAML | ? [1]\\n: 2 | f:1: not YAML: expected \"key: value\" with a plain key",
      })
  void yamlSaysOnlyWhatTomlCanSay(Syntax syntax, String text, String problem) {
    assertThat(problems(read(syntax, text.translateEscapes()))).containsExactly(problem);
  }

  @Test
  void aBombOfAliasesIsRefusedAtItsFirst() {
    String bomb =
        IntStream.range(1, 30)
            .mapToObj(i -> "l%d: &l%d [%s]\n".formatted(i, i, "*l%d,".formatted(i - 1).repeat(9)))
            .collect(Collectors.joining("", "l0: &l0 lol\n", ""));
    assertThat(problems(read(Syntax.YAML, bomb)))
        .containsExactly("f:2: an alias (*): expected the value itself");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "a = 1\\na = 2 | f:2: not TOML: a previously defined at line 1",
        "[a]\\n[a] | f:2: not TOML: a previously defined at line 1",
        "\\na = s3cret | f:2: not TOML: Unexpected 's', expected a value; text needs quotes: key = \"value\"",
        "a = 0660 | f:1: not TOML: Leading zeros are not allowed; a number with a leading zero needs quotes: key = \"0660\"",
        "a = \"s3cret\\n | f:1: not TOML: Unexpected end of line, expected \\\" or a character",
        "a = 30s | f:1: not TOML: Unexpected 's', expected a newline or end-of-input; text needs"
            + " quotes: key = \"value\"",
        "a = | f:1: not TOML: Unexpected end of input, expected a value; write key = value",
        "a | f:1: not TOML: Unexpected end of input, expected . or =",
        "watch: | f:1: not TOML: Unexpected ':', expected . or =; TOML writes key = value, and a YAML file ends in .yaml",
        "a = 99999999999999999999 | f:1: not TOML: Integer is too large",
      })
  void malformedTomlIsToldWithItsLineAndWithoutTheValue(String text, String problem) {
    List<String> problems = problems(read(Syntax.TOML, text.translateEscapes()));
    assertThat(problems.getFirst()).isEqualTo(problem);
    assertThat(problems).noneMatch(p -> p.contains("s3cret"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"= =\n", "[[\n", "\"\n", "a={\n", "'''\n"})
  void garbageGivesFewProblems(String line) {
    assertThat(problems(read(Syntax.TOML, line.repeat(500)))).hasSizeBetween(1, 10);
    assertThat(problems(read(Syntax.YAML, line.repeat(500)))).hasSizeBetween(1, 10);
  }

  @ParameterizedTest
  @CsvSource({"9,9", "10,10", "11,10"})
  void syntaxProblemsAreToldUpToTheirLimit(int lines, int told) {
    assertThat(problems(read(Syntax.TOML, "a = ?\n".repeat(lines)))).hasSize(told);
  }

  @ParameterizedTest
  @CsvSource({"TOML,a = ,{a = ,32", "YAML,'','{a: ',32"})
  void tablesInALineNestToTheLimitAndNoDeeper(Syntax syntax, String key, String open, int most) {
    String deepest = key + open.repeat(most) + "1" + "}".repeat(most);
    assertThat(read(syntax, deepest)).isInstanceOf(Grown.class);
    String deeper = key + open.repeat(most + 1) + "1" + "}".repeat(most + 1);
    assertThat(problems(read(syntax, deeper)))
        .containsExactly("f:1: nested too deeply: expected at most 32 levels");
  }

  private static String nested(int depth) {
    return "[".repeat(depth) + "]".repeat(depth);
  }

  private static String dotted(int depth) {
    return "a.".repeat(depth - 1) + "a";
  }

  private static Result read(Syntax syntax, String text) {
    return TreeReader.read(text.getBytes(UTF_8), syntax, "f");
  }

  private static List<String> problems(Result result) {
    return switch (result) {
      case Grown _ -> List.of();
      case Malformed(List<ConfigProblem> problems) ->
          problems.stream().map(ConfigProblem::toString).toList();
    };
  }
}
