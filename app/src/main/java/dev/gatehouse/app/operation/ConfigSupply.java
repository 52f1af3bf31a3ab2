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
 * @param asked the file that its operator named; empty: the first of the usual places, or none
 */
public record ConfigSupply(Optional<Path> asked, Map<String, String> environment) {

  public ConfigSupply {
    environment = Map.copyOf(environment);
  }

  /** The file as it is now. */
  Loaded<GatehouseConfig> read() throws ConfigRefusedException {
    try {
      return loaded(ConfigFile.read(asked, environment));
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
