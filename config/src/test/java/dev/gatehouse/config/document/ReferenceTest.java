package dev.gatehouse.config.document;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.config.Configuration;
import dev.gatehouse.config.Section;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class ReferenceTest {

  private static final String SECTIONS =
      """
      | key | default | values | meaning |
      |---|---|---|---|
      | `top` | `""` | text | t |

      ## `[a]`

      the outer

      ## `[a.b]`

      the inner

      | key | default | values | meaning |
      |---|---|---|---|
      | `k` | `true` | true or false | d |

      ## `[[c]]`

      many

      ## `[c.d]`

      one

      | key | default | values | meaning |
      |---|---|---|---|
      | `k` | `true` | true or false | d |

      """;

  @Test
  void aKeyIsARowWithItsDefaultItsValuesAndItsMeaning() {
    assertThat(reference(root -> root.integer("port", "the port").range(1, 9).orElse(5)))
        .isEqualTo(
            """
            | key | default | values | meaning |
            |---|---|---|---|
            | `port` | `5` | 1–9 | the port |

            """);
  }

  @Test
  void aRequiredKeyShowsNoExampleAndAnOptionalOneNoDefault() {
    assertThat(reference(root -> root.text("a", "first").required("example")))
        .contains("| `a` | required | text | first |")
        .doesNotContain("example");
    assertThat(reference(root -> root.text("b", "second").optional()))
        .contains("| `b` | none | text | second |");
  }

  @Test
  void aDefaultIsWrittenAsInTheFile() {
    assertThat(
            reference(
                root ->
                    List.of(
                        root.strings("list", "l").orElse(List.of("a", "b\"")),
                        root.duration("span", "s").orElse(Duration.ofSeconds(90)),
                        root.size("bytes", "b").range(1, 4096).orElse(1024))))
        .contains(
            "| `list` | `[\"a\", \"b\\\"\"]` |",
            "| `span` | `\"90s\"` |",
            "| `bytes` | `\"1KiB\"` |");
  }

  @Test
  void whatWouldEndACellOrARowIsKeptInIt() {
    assertThat(
            reference(root -> root.text("k", "a | b\nc").matching(_ -> true, "x|y").orElse("p|q")))
        .contains("| `k` | `\"p\\|q\"` | x\\|y | a \\| b c |\n");
  }

  @Test
  void keysStandBeforeSectionsAndSectionsUnderTheirWholeName() {
    assertThat(
            reference(
                root ->
                    root.section("a", "the outer")
                            .section("b", "the inner")
                            .flag("k", "d")
                            .orElse(true)
                        + root.text("top", "t").orElse("")
                        + root.tables(
                            "c", "many", e -> e.section("d", "one").flag("k", "d").orElse(true))))
        .isEqualTo(SECTIONS);
  }

  @Test
  void nothingDeclaredIsNothingWritten() {
    assertThat(reference(_ -> "")).isEmpty();
  }

  private static String reference(Function<Section, Object> reader) {
    return Reference.of(Configuration.of(reader).describe());
  }
}
