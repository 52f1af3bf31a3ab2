package dev.gatehouse.app.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.config.ConfigResult;
import dev.gatehouse.config.document.SampleFile;
import dev.gatehouse.config.document.TomlText;
import dev.gatehouse.config.source.ConfigSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The configuration as a whole: the shipped file, its defaults, and what is written of it. */
class GatehouseConfigTest {

  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  @Test
  void theShippedFileIsReadAsItIs() throws IOException {
    assertThat(read(shipped())).isInstanceOf(ConfigResult.Loaded.class);
  }

  @Test
  void theShippedFileWithEverySettingOnEqualsTheDefaults() throws IOException {
    assertThat(loaded(SampleFile.uncommented(shipped())).value())
        .isEqualTo(builtIn().value())
        .isEqualTo(loaded(shipped()).value());
  }

  @Test
  void everySectionIsOnWithoutAFileAndOffWhereAFileLacksIt() {
    assertThat(builtIn().value().watchOn()).isTrue();
    assertThat(loaded("[ops]\n").value().watchOn()).isFalse();
    assertThat(loaded("[watch]\n").value().watchOn()).isTrue();
  }

  @Test
  void theEffectiveConfigurationReadsAsTheSameConfiguration() {
    ConfigResult.Loaded<GatehouseConfig> first =
        loaded("[ops]\nlisten = \"[::1]:9100\"\n[watch]\nexpected = [ { port = 22 } ]\n");
    assertThat(loaded(TomlText.of(first.effective())).value()).isEqualTo(first.value());
  }

  private static String shipped() throws IOException {
    return Files.readString(ROOT.resolve("gatehouse.toml"));
  }

  private static ConfigResult.Loaded<GatehouseConfig> builtIn() {
    return loaded(ConfigFile.configuration().read(ConfigSource.builtIn()));
  }

  private static ConfigResult.Loaded<GatehouseConfig> loaded(String toml) {
    return loaded(read(toml));
  }

  private static ConfigResult.Loaded<GatehouseConfig> loaded(ConfigResult<GatehouseConfig> result) {
    assertThat(result).isInstanceOf(ConfigResult.Loaded.class);
    return (ConfigResult.Loaded<GatehouseConfig>) result;
  }

  private static ConfigResult<GatehouseConfig> read(String toml) {
    return ConfigFile.configuration().read(ConfigSource.text("gatehouse.toml", toml));
  }
}
