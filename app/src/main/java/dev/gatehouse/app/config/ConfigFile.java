package dev.gatehouse.app.config;

import dev.gatehouse.config.ConfigResult;
import dev.gatehouse.config.Configuration;
import dev.gatehouse.config.source.ConfigSource;
import dev.gatehouse.config.tree.ConfigProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Finds the configuration and reads it. */
public final class ConfigFile {

  /** The product's variables that are no keys: they are for the launcher and the commands. */
  private static final Set<String> LAUNCHER_VARIABLES =
      Set.of(
          "GATEHOUSE_JAVA_OPTS", "GATEHOUSE_NO_BUILD", "GATEHOUSE_JVM_FOLDERS", "GATEHOUSE_SOCKET");

  private ConfigFile() {}

  /** What every reader of the configuration starts from. */
  public static Configuration<GatehouseConfig> configuration() {
    return Configuration.of(GatehouseConfig::read);
  }

  /**
   * Reads the file asked for, else the first of the usual places, else the built-in defaults.
   *
   * @throws IOException with a message for the operator if the file cannot be read
   */
  public static ConfigResult<GatehouseConfig> read(
      Optional<Path> asked, Map<String, String> environment) throws IOException {
    Optional<Path> file = ConfigSource.locate(asked, Files::exists);
    ConfigSource source = file.isPresent() ? source(file.get()) : ConfigSource.builtIn();
    return read(file, source, environment);
  }

  /**
   * Reads what somebody else has put together.
   *
   * @param file that it is from, in whose folder the files are that it names; empty: from none
   */
  public static ConfigResult<GatehouseConfig> read(
      Optional<Path> file, ConfigSource source, Map<String, String> environment) {
    Path folder = file.map(found -> found.toAbsolutePath().getParent()).orElse(Path.of(""));
    return in(
        folder.toAbsolutePath(),
        configuration().read(source.withEnvironment(environment, LAUNCHER_VARIABLES)));
  }

  /** Files are named from the folder of the file that names them. */
  private static ConfigResult<GatehouseConfig> in(
      Path folder, ConfigResult<GatehouseConfig> result) {
    return switch (result) {
      case ConfigResult.Loaded<GatehouseConfig> loaded ->
          new ConfigResult.Loaded<>(
              loaded.value().in(folder), loaded.effective(), loaded.warnings());
      case ConfigResult.Refused<GatehouseConfig>(
              List<ConfigProblem> problems,
              Optional<GatehouseConfig> standIn) ->
          new ConfigResult.Refused<>(problems, standIn.map(config -> config.in(folder)));
    };
  }

  /** Reads a text as if it were a file of that name. */
  public static ConfigResult<GatehouseConfig> read(
      String name, String text, Map<String, String> environment) {
    return configuration()
        .read(ConfigSource.text(name, text).withEnvironment(environment, LAUNCHER_VARIABLES));
  }

  /** What counts where there is no file. */
  public static GatehouseConfig builtIn() {
    return switch (configuration().read(ConfigSource.builtIn())) {
      case ConfigResult.Loaded<GatehouseConfig> loaded ->
          loaded.value().in(Path.of("").toAbsolutePath());
      case ConfigResult.Refused<GatehouseConfig> refused ->
          throw new IllegalStateException(refused.problems().toString());
    };
  }

  /**
   * The text of a file.
   *
   * @throws IOException with a message for the operator if it cannot be read
   */
  public static ConfigSource source(Path file) throws IOException {
    try {
      return ConfigSource.file(file);
    } catch (NoSuchFileException e) {
      throw new IOException(file + ": no such file; check --config, or leave it out", e);
    } catch (IOException e) {
      throw new IOException(file + ": cannot be read (" + e.getMessage() + ")", e);
    }
  }
}
