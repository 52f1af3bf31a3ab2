package dev.gatehouse.app.operation;

import dev.gatehouse.app.config.ConfigFile;
import dev.gatehouse.app.config.GatehouseConfig;
import dev.gatehouse.config.ConfigResult;
import dev.gatehouse.config.ConfigResult.Loaded;
import dev.gatehouse.config.ConfigResult.Refused;
import dev.gatehouse.config.tree.ConfigProblem;
import dev.gatehouse.control.call.ConfigRefusedException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where the daemon has its configuration from, to be asked again at any time.
 *
 * @param own reads what the daemon was started with as it is now
 */
public record ConfigSupply(Own own, Map<String, String> environment) {

  /** The configuration of the daemon itself. */
  @FunctionalInterface
  public interface Own {

    /**
     * Reads it.
     *
     * @throws IOException with a message for the operator if its file cannot be read
     */
    ConfigResult<GatehouseConfig> read() throws IOException;
  }

  public ConfigSupply {
    environment = Map.copyOf(environment);
  }

  /**
   * As the other, from a file.
   *
   * @param asked the file that its operator named; empty: the first of the usual places, or none
   */
  public ConfigSupply(Optional<Path> asked, Map<String, String> environment) {
    this(() -> ConfigFile.read(asked, environment), environment);
  }

  /** The file as it is now. */
  Loaded<GatehouseConfig> read() throws ConfigRefusedException {
    try {
      return loaded(own.read());
    } catch (IOException e) {
      throw new ConfigRefusedException(
          List.of(new ConfigProblem("", 0, String.valueOf(e.getMessage()))));
    }
  }

  /** A text that an operator sent, as if it were the file; without one, the file. */
  Loaded<GatehouseConfig> read(Optional<String> toml) throws ConfigRefusedException {
    return toml.isPresent()
        ? loaded(ConfigFile.read("sent.toml", toml.get(), environment))
        : read();
  }

  private static Loaded<GatehouseConfig> loaded(ConfigResult<GatehouseConfig> result)
      throws ConfigRefusedException {
    return switch (result) {
      case Loaded<GatehouseConfig> loaded -> loaded;
      case Refused<GatehouseConfig> refused -> throw new ConfigRefusedException(refused.problems());
    };
  }
}
