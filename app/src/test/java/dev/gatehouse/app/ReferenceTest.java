package dev.gatehouse.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.app.config.ConfigFile;
import dev.gatehouse.config.document.JsonSchema;
import dev.gatehouse.config.document.Reference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The reference pages say what the code says. Run with {@code
 * -Dtest.jvm.args=-Dgatehouse.write-reference=true} to write them anew.
 */
class ReferenceTest {

  private static final Path FOLDER =
      Path.of("..").toAbsolutePath().normalize().resolve("docs/reference");

  /** One generated file. */
  enum Page {
    CONFIGURATION("configuration.md"),
    SCHEMA("gatehouse.schema.json"),
    METRICS("metrics.md");

    private final String file;

    Page(String file) {
      this.file = file;
    }

    String text() {
      return switch (this) {
        case CONFIGURATION ->
            "# Configuration\n\nGenerated from the code.\n\n"
                + Reference.of(ConfigFile.configuration().describe());
        case SCHEMA -> JsonSchema.of(ConfigFile.configuration().describe(), "Gatehouse");
        case METRICS -> MetricPage.text();
      };
    }
  }

  @ParameterizedTest
  @EnumSource(Page.class)
  void everyPageIsWhatTheCodeSays(Page page) throws IOException {
    Path file = FOLDER.resolve(page.file);
    if (Boolean.getBoolean("gatehouse.write-reference")) {
      Files.createDirectories(FOLDER);
      Files.writeString(file, page.text());
    }
    assertThat(Files.readString(file)).isEqualTo(page.text());
  }

  @Test
  void theSchemaKnowsEverySection() {
    assertThat(Page.SCHEMA.text()).contains("\"ops\"", "\"watch\"", "\"host\"", "\"log\"");
  }
}
