package dev.gatehouse.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.gatehouse.config.ConfigResult.Loaded;
import dev.gatehouse.config.ConfigResult.Refused;
import dev.gatehouse.config.document.TomlText;
import dev.gatehouse.config.source.ConfigSource;
import dev.gatehouse.config.source.ConfigSource.Document;
import dev.gatehouse.config.tree.TreeReader.Syntax;
import java.util.Arrays;

/** Any bytes are a configuration or a list of problems; what is loaded survives being printed. */
class ConfigFuzzTest {

  @FuzzTest(maxDuration = "60s")
  void anyBytesAreReadOrRefused(byte[] bytes) {
    if (bytes.length == 0) {
      return;
    }
    Syntax syntax = bytes[0] % 2 == 0 ? Syntax.TOML : Syntax.YAML;
    byte[] rest = Arrays.copyOfRange(bytes, 1, bytes.length);
    switch (read(new Document("f", syntax, rest))) {
      case Loaded<GateExample> loaded -> assertPrintsAsItself(loaded);
      case Refused<GateExample> refused -> assertTold(refused);
    }
  }

  private static void assertTold(Refused<GateExample> refused) {
    if (refused.problems().isEmpty()) {
      throw new AssertionError("refused without a reason");
    }
    refused.problems().forEach(ConfigFuzzTest::assertPlain);
  }

  private static void assertPlain(Object problem) {
    if (problem.toString().chars().anyMatch(c -> c < ' ')) {
      throw new AssertionError("control character in: " + problem);
    }
  }

  private static void assertPrintsAsItself(Loaded<GateExample> loaded) {
    String printed = TomlText.of(loaded.effective());
    if (!(read(new Document("p", Syntax.TOML, printed.getBytes(UTF_8)))
            instanceof Loaded<GateExample> again)
        || !TomlText.of(again.effective()).equals(printed)) {
      throw new AssertionError("does not read as itself: " + printed);
    }
  }

  private static ConfigResult<GateExample> read(Document document) {
    return GateExample.CONFIGURATION.read(ConfigSource.of(document));
  }
}
