package dev.gatehouse.app;

import dev.gatehouse.config.ConfigResult;
import dev.gatehouse.config.Configuration;
import dev.gatehouse.config.source.ConfigSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Finds the configuration and reads it. */
final class ConfigFile {

  /** The product's variables that are no keys: they are for the launcher. */
  private static final Set<String> LAUNCHER_VARIABLES =
      Set.of("GATEHOUSE_JAVA_OPTS", "GATEHOUSE_NO_BUILD", "GATEHOUSE_JVM_FOLDERS");

  private ConfigFile() {}

  /** What every reader of the configuration starts from. */
  static Configuration<GatehouseConfig> configuration() {
    return Configuration.of(GatehouseConfig::read);
  }

  /**
   * Reads the file asked for, else the first of the usual places, else the built-in defaults.
   *
   * @throws IOException with a message for the operator if the file cannot be read
   */
  static ConfigResult<GatehouseConfig> read(Optional<Path> asked, Map<String, String> environment)
      throws IOException {
    Optional<Path> file = ConfigSource.locate(asked, Files::exists);
    ConfigSource source = file.isPresent() ? source(file.get()) : ConfigSource.builtIn();
    return configuration().read(source.withEnvironment(environment, LAUNCHER_VARIABLES));
  }

  private static ConfigSource source(Path file) throws IOException {
    try {
      return ConfigSource.file(file);
    } catch (NoSuchFileException e) {
      throw new IOException(file + ": no such file; check --config, or leave it out", e);
    } catch (IOException e) {
      throw new IOException(file + ": cannot be read (" + e.getMessage() + ")", e);
    }
  }
}
