package dev.gatehouse.app.config;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option by which a command is given its configuration. */
public final class ConfigOption {

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = {
        "The configuration, TOML or YAML.",
        "Default: gatehouse.toml here, else /etc/gatehouse/gatehouse.toml, else built-in."
      })
  private @Nullable Path config;

  /** The file asked for. */
  public Optional<Path> file() {
    return Optional.ofNullable(config);
  }
}
