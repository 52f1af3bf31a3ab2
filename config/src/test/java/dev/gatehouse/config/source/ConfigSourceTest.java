package dev.gatehouse.config.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.config.ConfigResult.Loaded;
import dev.gatehouse.config.ConfigResult.Refused;
import dev.gatehouse.config.Configuration;
import dev.gatehouse.config.Section;
import dev.gatehouse.config.source.ConfigSource.Document;
import dev.gatehouse.config.tree.Node.Kind;
import dev.gatehouse.config.tree.Node.Scalar;
import dev.gatehouse.config.tree.TreeReader.Syntax;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigSourceTest {

  private static final Path HERE = Path.of("gatehouse.toml");
  private static final Path THERE = Path.of("/etc/gatehouse/gatehouse.toml");

  /** Every combination of places, one bit each. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15})
  void theHighestPlaceThatSaysSomethingWins(int places) {
    boolean flag = (places & 8) != 0;
    boolean variable = (places & 4) != 0;
    boolean file = (places & 2) != 0;
    boolean preset = (places & 1) != 0;
    ConfigSource source = ConfigSource.text("a.toml", file ? "a.b = 'file'" : "");
    if (flag) {
      source = source.with("a.b", "--b", "flag");
    }
    if (variable) {
      source = source.withEnvironment(Map.of("GATEHOUSE_A_B", "variable"), Set.of());
    }
    if (preset) {
      source = source.withPreset("a.b", "preset");
    }
    String expected =
        flag ? "flag" : variable ? "variable" : file ? "file" : preset ? "preset" : "default";
    assertThat(told(source)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "flag,--b = \"wrong\": expected no wrong text",
    "variable,GATEHOUSE_A_B = \"wrong\": expected no wrong text",
    "file,a.toml:2: a.b = \"wrong\": expected no wrong text",
    "preset,preset of a.b = \"wrong\": expected no wrong text",
  })
  void aMistakeNamesThePlaceThatMadeIt(String place, String problem) {
    ConfigSource file = ConfigSource.text("a.toml", "");
    ConfigSource source =
        switch (place) {
          case "flag" -> file.with("a.b", "--b", "wrong");
          case "variable" -> file.withEnvironment(Map.of("GATEHOUSE_A_B", "wrong"), Set.of());
          case "preset" -> file.withPreset("a.b", "wrong");
          default -> ConfigSource.text("a.toml", "\na.b = 'wrong'");
        };
    assertThat(told(source)).isEqualTo(problem);
  }

  @Test
  void aMistakeThatIsOutrankedIsNoMistake() {
    assertThat(told(ConfigSource.text("a.toml", "a.b = 'wrong'").with("a.b", "--b", "right")))
        .isEqualTo("right");
    assertThat(told(ConfigSource.text("a.toml", "a.b = 'right'").withPreset("a.b", "wrong")))
        .isEqualTo("right");
  }

  @Test
  void theLastFlagForAKeyWins() {
    assertThat(told(ConfigSource.builtIn().with("a.b", "--b", "1").with("a.b", "-b", "2")))
        .isEqualTo("2");
    assertThat(told(ConfigSource.builtIn().withPreset("a.b", "1").withPreset("a.b", "2")))
        .isEqualTo("2");
  }

  @Test
  void aSourceKeepsWhatItWasGiven() {
    Map<String, String> environment = new HashMap<>(Map.of("GATEHOUSE_A_B", "before"));
    ConfigSource source = ConfigSource.builtIn().withEnvironment(environment, Set.of());
    environment.put("GATEHOUSE_A_B", "after");
    source.with("a.b", "--b", "another source");
    assertThat(told(source)).isEqualTo("before");
  }

  @ParameterizedTest
  @CsvSource({
    "a,GATEHOUSE_A",
    "ops.log.level,GATEHOUSE_OPS_LOG_LEVEL",
    "watch.scan_interval,GATEHOUSE_WATCH_SCAN_INTERVAL",
    "ops.listen,GATEHOUSE_OPS_LISTEN",
  })
  void aVariableIsCalledAsItsKey(String path, String name) {
    assertThat(ConfigSource.variable(path)).isEqualTo(name);
  }

  @ParameterizedTest
  @CsvSource({
    "GATEHOUSE_A_C,GATEHOUSE_A_C: unknown variable; did you mean \"GATEHOUSE_A_B\"?",
    "GATEHOUSE_ZZZZZZZZ,GATEHOUSE_ZZZZZZZZ: unknown variable",
    "GATEHOUSE_,GATEHOUSE_: unknown variable",
    "GATEHOUSE_FOO,GATEHOUSE_FOO: unknown variable",
    "'GATEHOUSE_A_B\u001b',GATEHOUSE_A_B\\u{1b}: unknown variable; did you mean \"GATEHOUSE_A_B\"?",
    "gatehouse_a_b,default",
    "GATEHOUSE,default",
    "HOME,default",
    "GATEHOUSE_JAVA_OPTS,default",
  })
  void onlyVariablesOfTheProductMustBeKnown(String name, String outcome) {
    ConfigSource source =
        ConfigSource.builtIn().withEnvironment(Map.of(name, "x"), Set.of("GATEHOUSE_JAVA_OPTS"));
    assertThat(told(source)).isEqualTo(outcome);
  }

  @Test
  void whatOutranksTheFileKnowsItsOrigin() {
    ConfigSource source =
        ConfigSource.builtIn()
            .withEnvironment(Map.of("GATEHOUSE_A", "1", "GATEHOUSE_B", "2"), Set.of())
            .with("a", "--a", "3")
            .withPreset("c", "4");
    assertThat(source.outranking("a")).contains(new Given("--a", "3"));
    assertThat(source.outranking("b")).contains(new Given("GATEHOUSE_B", "2"));
    assertThat(source.outranking("c")).isEmpty();
    assertThat(new Given("--a", "3").node()).isEqualTo(new Scalar(0, Kind.UNTYPED, "3"));
  }

  @ParameterizedTest
  @CsvSource({
    "a.toml,TOML",
    "a.yaml,YAML",
    "a.yml,YAML",
    "A.YAML,YAML",
    "a.yaml.bak,TOML",
    "yaml,TOML",
    "a.conf,TOML",
    "dir.yaml/a,TOML",
  })
  void theNameOfAFileSaysItsLanguage(String name, Syntax syntax) {
    assertThat(ConfigSource.text(name, "").file().map(Document::syntax)).contains(syntax);
  }

  @Test
  void aFileIsKnownByItsPlainPath(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("a.yml"), "a: {b: file}");
    Document document = ConfigSource.file(folder.resolve("./a.yml")).file().orElseThrow();
    assertThat(document.name()).isEqualTo(file.toString());
    assertThat(document.syntax()).isEqualTo(Syntax.YAML);
    assertThat(new String(document.bytes(), UTF_8)).isEqualTo("a: {b: file}");
  }

  @Test
  void aFileThatIsTooLargeIsNotReadWhole(@TempDir Path folder) throws IOException {
    Path file = Files.write(folder.resolve("a.toml"), new byte[(1 << 20) + 50_000]);
    assertThat(told(ConfigSource.file(file)))
        .isEqualTo(file + ": the file has 1048577 bytes: expected at most 1048576");
  }

  @Test
  void aFileThatDoesNotExistIsTheCallersToTell(@TempDir Path folder) {
    assertThatThrownBy(() -> ConfigSource.file(folder.resolve("absent.toml")))
        .isInstanceOf(NoSuchFileException.class);
    assertThatThrownBy(() -> ConfigSource.file(folder)).isInstanceOf(IOException.class);
  }

  @Test
  void theFileAskedForIsTakenEvenIfItDoesNotExist() {
    Path asked = Path.of("elsewhere.yaml");
    assertThat(ConfigSource.locate(Optional.of(asked), _ -> true)).contains(asked);
    assertThat(ConfigSource.locate(Optional.of(asked), _ -> false)).contains(asked);
  }

  @Test
  void theWorkingFolderIsLookedAtBeforeTheSystem() {
    assertThat(ConfigSource.locate(Optional.empty(), _ -> true)).contains(HERE);
    assertThat(ConfigSource.locate(Optional.empty(), HERE::equals)).contains(HERE);
    assertThat(ConfigSource.locate(Optional.empty(), THERE::equals)).contains(THERE);
    assertThat(ConfigSource.locate(Optional.empty(), _ -> false)).isEmpty();
  }

  private static String read(Section root) {
    return root.section("a", "a section")
        .text("b", "a key")
        .matching(text -> !text.equals("wrong"), "no wrong text")
        .orElse("default");
  }

  private static String told(ConfigSource source) {
    return switch (Configuration.of(ConfigSourceTest::read).read(source)) {
      case Loaded<String> loaded -> loaded.value();
      case Refused<String>(var problems, _) ->
          String.join("\n", List.copyOf(problems).stream().map(Object::toString).toList());
    };
  }
}
