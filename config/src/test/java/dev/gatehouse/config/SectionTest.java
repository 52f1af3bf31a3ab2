package dev.gatehouse.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.config.ConfigResult.Loaded;
import dev.gatehouse.config.ConfigResult.Refused;
import dev.gatehouse.config.document.TomlText;
import dev.gatehouse.config.source.ConfigSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a reader may ask of a section beside single keys. */
class SectionTest {

  private static String required(Section root) {
    Section server = root.section("server", "a server");
    return server.text("name", "its name").required("example")
        + server.integer("port", "its port").range(1, 65535).required(443)
        + server.strings("aliases", "its aliases").required(List.of("www"));
  }

  @Test
  void everyRequiredKeyThatIsMissingIsToldAtItsSection() {
    assertThat(told(SectionTest::required, "# nothing\n[server]"))
        .containsExactly(
            "a.toml:2: server.name: missing; expected text",
            "a.toml:2: server.port: missing; expected 1–65535",
            "a.toml:2: server.aliases: missing; expected a list of text");
    assertThat(told(SectionTest::required, "").getFirst())
        .isEqualTo("a.toml: server.name: missing; expected text");
  }

  @Test
  void aRequiredKeyIsRefusedLikeAnyOtherAndTakenFromAnywhere() {
    assertThat(told(SectionTest::required, "server = {name = 'a', port = 0, aliases = []}"))
        .containsExactly("a.toml:1: server.port = 0: expected 1–65535");
    ConfigSource source =
        toml("server.name = 'a'")
            .withEnvironment(
                Map.of("GATEHOUSE_SERVER_PORT", "1", "GATEHOUSE_SERVER_ALIASES", "b"), Set.of());
    assertThat(loaded(SectionTest::required, source).value()).isEqualTo("a1[b]");
  }

  @Test
  void anOptionalKeyIsNothingWhenItIsLeftOutOrHoldsEmptyText() {
    Function<Section, List<Object>> reader =
        root ->
            List.of(
                root.integer("number", "").range(1, 9).optional(),
                root.decimal("share", "").range(0, 1).optional(),
                root.duration("age", "").optional(),
                root.text("text", "").optional(),
                root.strings("list", "").optional());
    List<Object> nothing =
        List.of(
            OptionalLong.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    assertThat(loaded(reader, toml("")).value()).isEqualTo(nothing);
    assertThat(
            loaded(reader, toml("number = ''\nshare = ''\nage = ''\ntext = ''\nlist = ''")).value())
        .isEqualTo(nothing);
    assertThat(
            loaded(reader, toml("number = 9\nshare = 1\nage = '1s'\ntext = 'a'\nlist = []"))
                .value())
        .isEqualTo(
            List.of(
                OptionalLong.of(9),
                Optional.of(1.0),
                Optional.of(Duration.ofSeconds(1)),
                Optional.of("a"),
                Optional.of(List.of())));
    assertThat(told(reader, "number = 10\nshare = 2"))
        .containsExactly(
            "a.toml:1: number = 10: expected 1–9", "a.toml:2: share = 2: expected 0–1");
  }

  @Test
  void anOptionalKeyThatIsNotSetStaysOutOfTheEffectiveConfiguration() {
    Function<Section, Object> reader = root -> root.text("text", "").optional();
    assertThat(TomlText.of(loaded(reader, toml("")).effective())).isEmpty();
    assertThat(TomlText.of(loaded(reader, toml("text = 'a'")).effective()))
        .isEqualTo("text = \"a\"\n");
  }

  @Test
  void aWrongValueDoesNotHideTheMistakesBehindIt() {
    List<String> stood = new ArrayList<>();
    Function<Section, String> reader =
        root -> {
          stood.add(root.text("first", "").matching("a"::equals, "an a").required("example"));
          stood.add(Integer.toString(root.integer("second", "").range(1, 2).orElse(2)));
          return "";
        };
    assertThat(told(reader, "first = 'b'\nsecond = 3"))
        .containsExactly(
            "a.toml:1: first = \"b\": expected an a", "a.toml:2: second = 3: expected 1–2");
    assertThat(stood.subList(0, 2)).containsExactly("example", "2");
  }

  @Test
  void severalRestrictionsHoldTogetherAndTheLastIsTold() {
    Function<Section, String> reader =
        root ->
            root.text("k", "")
                .matching(text -> text.length() < 4, "a short text")
                .matching(text -> text.startsWith("a"), "a short text with an a")
                .orElse("");
    assertThat(loaded(reader, toml("k = 'abc'")).value()).isEqualTo("abc");
    assertThat(told(reader, "k = 'abcd'"))
        .containsExactly("a.toml:1: k = \"abcd\": expected a short text with an a");
    assertThat(told(reader, "k = 'b'"))
        .containsExactly("a.toml:1: k = \"b\": expected a short text with an a");
  }

  @Test
  void aListMayBeRestrictedAsAWhole() {
    Function<Section, List<String>> reader =
        root ->
            root.strings("k", "")
                .matching(l -> l.size() < 3, "at most two names")
                .orElse(List.of());
    assertThat(told(reader, "k = ['a', 'b', 'c']"))
        .containsExactly("a.toml:1: k = […]: expected at most two names");
    assertThat(loaded(reader, toml("k = ['a', 'b']")).value()).containsExactly("a", "b");
  }

  @Test
  void zeroMayStandApartFromTheRange() {
    Function<Section, Integer> number =
        root -> root.integer("k", "").range(10, 20).orZero().orElse(15);
    assertThat(loaded(number, toml("k = 0")).value()).isZero();
    assertThat(told(number, "k = 9")).containsExactly("a.toml:1: k = 9: expected 10–20, or 0");
    assertThat(told(number, "k = 'x'"))
        .containsExactly("a.toml:1: k = \"x\": expected a whole number, from 10 to 20, or 0");
    Function<Section, Long> size = root -> root.size("k", "").atLeast(10).orZero().orElse(15L);
    assertThat(loaded(size, toml("k = '0B'")).value()).isZero();
    assertThat(told(size, "k = 9"))
        .containsExactly("a.toml:1: k = 9: expected 10B or more, or \"0B\"");
    assertThat(told(size, "k = 'x'"))
        .containsExactly(
            "a.toml:1: k = \"x\": expected a size such as \"256KiB\", 10B or more, or \"0B\"");
  }

  private static String hook(Section root) {
    Map<String, Function<Section, String>> readers =
        Map.of(
            "file", s -> "file " + s.text("path", "where").required("/dev/null"),
            "socket", s -> "socket " + s.integer("port", "which").range(1, 9).orElse(5));
    return root.section("sink", "a sink").variant("kind", "which", readers).orElse("socket");
  }

  @ParameterizedTest
  @CsvSource({
    "'',socket 5",
    "sink.port = 7,socket 7",
    "'sink = {kind = ''file'', path = ''/a''}',file /a",
    "'sink = {kind = ''socket'', port = 1}',socket 1",
  })
  void aVariantReadsTheKeysOfItsChoice(String text, String read) {
    assertThat(loaded(SectionTest::hook, toml(text)).value()).isEqualTo(read);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "sink = {kind = 'file'} | a.toml:1: sink.path: missing; expected text",
        "sink = {kind = 'file', path = 'a', port = 1} | a.toml:1: sink.port: unknown key",
        "sink = {path = 'a'} | a.toml:1: sink.path: unknown key",
        "sink = {kind = 'fiel', port = 1} | a.toml:1: sink.kind = \"fiel\": expected file or"
            + " socket; did you mean \"file\"?",
      })
  void aVariantRefusesTheKeysOfTheOthers(String text, String problem) {
    assertThat(told(SectionTest::hook, text)).containsExactly(problem);
  }

  @Test
  void aVariantDeclaresTheKeysOfAllItsChoices() {
    assertThat(Configuration.of(SectionTest::hook).describe().toString())
        .contains("name=kind", "name=path", "name=port");
  }

  @Test
  void aRepeatedTableHoldsAtMostItsLimit() {
    Function<Section, Integer> reader = root -> root.tables("t", "", Section::line).size();
    assertThat(loaded(reader, toml("[[t]]\n".repeat(1024))).value()).isEqualTo(1024);
    assertThat(told(reader, "\n" + "[[t]]\n".repeat(1025)))
        .containsExactly("a.toml:2: t: 1025 entries: expected at most 1024");
    Function<Section, Integer> two = root -> root.tables("t", "", 2, Section::line).size();
    assertThat(loaded(two, toml("t = [{}, {}]")).value()).isEqualTo(2);
    assertThat(told(two, "t = [{}, {}, {}]"))
        .containsExactly("a.toml:1: t: 3 entries: expected at most 2");
  }

  private static List<String> entries(Section root) {
    return root.tables(
        "t",
        "tables",
        entry -> {
          String name = entry.text("name", "").orElse("none");
          if (name.equals("odd")) {
            entry.refuse("name", "an even name");
            entry.warn("absent", "never told, since the rest is refused");
          }
          return name + entry.section("inner", "").flag("on", "").orElse(false);
        });
  }

  @Test
  void aKeyOfARepeatedTableIsNamedByItsIndex() {
    assertThat(told(SectionTest::entries, "[[t]]\n[[t]]\nname = 'odd'\n[[t]]\ninner.on = 1"))
        .containsExactly(
            "a.toml:3: t[1].name = \"odd\": expected an even name",
            "a.toml:5: t[2].inner.on = 1: expected true or false");
    assertThat(told(SectionTest::entries, "[[t]]\nnme = 'a'\n[[t]]\n[t.iner]"))
        .containsExactly(
            "a.toml:2: t[0].nme: unknown key; did you mean \"name\"?",
            "a.toml:4: t[1].iner: unknown section; did you mean \"inner\"?");
  }

  @Test
  void noVariableReachesIntoARepeatedTable() {
    assertThat(
            problems(
                SectionTest::entries,
                toml("[[t]]").withEnvironment(Map.of("GATEHOUSE_T_NAME", "a"), Set.of())))
        .containsExactly("GATEHOUSE_T_NAME: unknown variable");
    assertThat(
            loaded(
                    SectionTest::entries,
                    toml("[[t]]").with("t.name", "--name", "a").withPreset("t.name", "b"))
                .value())
        .containsExactly("nonefalse");
  }

  @Test
  void twoKeysThatShareAVariableAreABugOfTheReader() {
    Configuration<Boolean> clash =
        Configuration.of(
            root ->
                root.flag("a_b", "").orElse(true)
                    && root.section("a", "").flag("b", "").orElse(true));
    assertThatThrownBy(() -> clash.read(ConfigSource.builtIn()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("two keys are called GATEHOUSE_A_B");
  }

  private static String presence(Section root) {
    Section outer = root.section("outer", "");
    Section inner = outer.section("inner", "");
    return "%s %s %s".formatted(outer.isPresent(), inner.isPresent(), root.isBuiltIn());
  }

  @ParameterizedTest
  @CsvSource({
    "'',false false false",
    "[outer],true false false",
    "[outer.inner],true true false",
    "outer = {inner = {}},true true false",
  })
  void aSectionIsPresentWhereTheFileHasIt(String text, String read) {
    assertThat(loaded(SectionTest::presence, toml(text)).value()).isEqualTo(read);
  }

  @Test
  void withoutAFileEverySectionIsPresentAndBuiltIn() {
    assertThat(loaded(SectionTest::presence, ConfigSource.builtIn()).value())
        .isEqualTo("true true true");
    assertThat(
            loaded(SectionTest::presence, ConfigSource.builtIn().with("outer.x", "--x", "1"))
                .value())
        .isEqualTo("true true true");
  }

  @Test
  void aReaderThatIsOnlyDescribedIsNotBuiltIn() {
    List<String> read = new ArrayList<>();
    Configuration.of(root -> read.add(presence(root))).describe();
    assertThat(read).containsExactly("true true false");
  }

  @Test
  void aSectionThatIsAskedForTwiceIsOne() {
    Function<Section, String> reader =
        root ->
            root.section("s", "").text("a", "").orElse("1")
                + root.section("s", "").text("b", "").orElse("2");
    assertThat(loaded(reader, toml("s = {a = 'x', b = 'y'}")).value()).isEqualTo("xy");
    assertThat(Configuration.of(reader).describe().members()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "s = 1 | a.toml:1: s: expected a section [s]",
        "s = 'a' | a.toml:1: s: expected a section [s]",
        "s = [{}] | a.toml:1: s: expected a section [s]",
        "[s]\\nt = true | a.toml:2: s.t: expected a section [s.t]",
        "s.t.k = {} | a.toml:1: s.t.k = {…}: expected text",
      })
  void aSectionIsATable(String text, String problem) {
    assertThat(
            told(
                root -> root.section("s", "").section("t", "").text("k", "").orElse(""),
                text.translateEscapes()))
        .containsExactly(problem);
  }

  @Test
  void warningsStandInReadingOrderAndDoNotRefuse() {
    Function<Section, String> reader =
        root -> {
          String b = root.text("b", "").orElse("");
          String a = root.text("a", "").orElse("");
          root.warn("b", "is late");
          root.warn("a", "is early");
          root.warn("c", "is absent");
          return a + b;
        };
    Loaded<String> loaded =
        loaded(reader, toml("\na = 'x'\n").withEnvironment(Map.of("GATEHOUSE_B", "y"), Set.of()));
    assertThat(loaded.value()).isEqualTo("xy");
    assertThat(loaded.warnings())
        .extracting(Object::toString)
        .containsExactly(
            "a.toml:1: c: is absent",
            "a.toml:2: a = \"x\": is early",
            "GATEHOUSE_B = \"y\": is late");
  }

  private static ConfigSource toml(String text) {
    return ConfigSource.text("a.toml", text);
  }

  private static <T> Loaded<T> loaded(Function<Section, T> reader, ConfigSource source) {
    return switch (Configuration.of(reader).read(source)) {
      case Loaded<T> loaded -> loaded;
      case Refused<T> refused -> throw new AssertionError(refused.problems().toString());
    };
  }

  private static <T> List<String> told(Function<Section, T> reader, String text) {
    return problems(reader, toml(text));
  }

  private static <T> List<String> problems(Function<Section, T> reader, ConfigSource source) {
    return switch (Configuration.of(reader).read(source)) {
      case Loaded<T> loaded -> List.of("loaded: " + loaded.value());
      case Refused<T> refused -> refused.problems().stream().map(Object::toString).toList();
    };
  }
}
