package dev.gatehouse.config.document;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.config.ConfigResult.Loaded;
import dev.gatehouse.config.Configuration;
import dev.gatehouse.config.Section;
import dev.gatehouse.config.source.ConfigSource;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SampleFileTest {

  @Test
  void settingsAndHeadersLoseTheirMarkAndProseKeepsIt() {
    assertThat(
            SampleFile.uncommented(
                """
                # Gatehouse listens on loopback unless told otherwise.
                #
                # [ops]                 # the process
                # listen = "127.0.0.1:9090" # metrics
                #control = ""
                ## example = 1
                # ignore = [
                #   "loop*",            # a bracket: ]
                #   "sr]*",
                # ]
                # Text again.
                # [ops.log]
                level = "info"
                """))
        .isEqualTo(
            """
            # Gatehouse listens on loopback unless told otherwise.
            #
            [ops]                 # the process
            listen = "127.0.0.1:9090" # metrics
            control = ""
            ## example = 1
            ignore = [
            "loop*",            # a bracket: ]
            "sr]*",
            ]
            # Text again.
            [ops.log]
            level = "info"
            """);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "# a = 1 | a = 1",
        "#a=1 | a=1",
        "# a_9 = 'b' | a_9 = 'b'",
        "# [a] | [a]",
        "# [[a.b_c]] | [[a.b_c]]",
        "#[a] # why | [a] # why",
        "a = 1 | a = 1",
        "## a = 1 | ## a = 1",
        "#  a = 1 | #  a = 1",
        "# A = 1 | # A = 1",
        "# a is = 1 | # a is = 1",
        "# [a] is a section | # [a] is a section",
        "# | #",
      })
  void onlyASettingOrAHeaderIsSet(String line, String set) {
    assertThat(SampleFile.uncommented(line)).isEqualTo(set + "\n");
  }

  @Test
  void aListGoesOnUntilItsLastBracketCloses() {
    assertThat(SampleFile.uncommented("# a = [\n#   [1, 2],\n#   \"]\", # ]\n# ]\n# text\n"))
        .isEqualTo("a = [\n[1, 2],\n\"]\", # ]\n]\n# text\n");
    assertThat(SampleFile.uncommented("# a = [\n\n# text\n")).isEqualTo("a = [\n\n# text\n");
  }

  @Test
  void aDefaultIsASettingAndAnExampleIsProse() {
    Function<Section, Object> reader =
        root ->
            root.flag("on", "whether").orElse(true)
                + root.text("name", "called").required("example")
                + root.text("note", "noted").optional()
                + root.tables("t", "tables", e -> e.flag("on", "whether").orElse(false));
    assertThat(SampleFile.of(Configuration.of(reader).describe()))
        .isEqualTo(
            """
            ## whether: true or false
            # on = true
            ## called: text
            ## name = "example"
            ## noted: text
            ## note is not set

            ## tables
            ## [[t]]
            ## whether: true or false
            ## on = false
            """);
  }

  @Test
  void everyDefaultThatIsWrittenIsReadAsItself() {
    Function<Section, Object> reader =
        root ->
            List.of(
                root.text("a", "hostile").orElse("# \"[\" '"),
                root.strings("b", "hostile").orElse(List.of("]", "#", "a\nb")),
                root.section("c", "inner").decimal("d", "a share").orElse(0.001));
    String set = SampleFile.uncommented(SampleFile.of(Configuration.of(reader).describe()));
    assertThat(Configuration.of(reader).read(ConfigSource.text("a.toml", set)))
        .isInstanceOfSatisfying(
            Loaded.class,
            loaded ->
                assertThat(loaded.value())
                    .isEqualTo(List.of("# \"[\" '", List.of("]", "#", "a\nb"), 0.001)));
    assertThat(set).contains("\n[c]\n").contains("\na = \"");
  }
}
