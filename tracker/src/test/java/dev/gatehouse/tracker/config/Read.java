package dev.gatehouse.tracker.config;

import dev.gatehouse.config.ConfigResult;
import dev.gatehouse.config.Configuration;
import dev.gatehouse.config.source.ConfigSource;
import dev.gatehouse.config.tree.ConfigProblem;
import java.util.List;
import java.util.stream.Collectors;

/** Texts of configuration files, read. */
final class Read {

  private Read() {}

  static TrackerConfig config(String toml) {
    return loaded(read(ConfigSource.text("gatehouse.toml", toml))).value();
  }

  static TrackerConfig builtIn() {
    return loaded(read(ConfigSource.builtIn())).value();
  }

  static String warnings(String toml) {
    return text(loaded(read(ConfigSource.text("gatehouse.toml", toml))).warnings());
  }

  static String problems(String toml) {
    return switch (read(ConfigSource.text("gatehouse.toml", toml))) {
      case ConfigResult.Loaded<TrackerConfig> _ -> "none";
      case ConfigResult.Refused<TrackerConfig> refused -> text(refused.problems());
    };
  }

  private static ConfigResult.Loaded<TrackerConfig> loaded(ConfigResult<TrackerConfig> result) {
    return switch (result) {
      case ConfigResult.Loaded<TrackerConfig> loaded -> loaded;
      case ConfigResult.Refused<TrackerConfig> refused ->
          throw new AssertionError(text(refused.problems()));
    };
  }

  private static ConfigResult<TrackerConfig> read(ConfigSource source) {
    return Configuration.of(root -> TrackerConfig.read(root.section("tracker", "a tracker")))
        .read(source);
  }

  private static String text(List<ConfigProblem> problems) {
    return problems.stream().map(ConfigProblem::toString).collect(Collectors.joining("\n"));
  }
}
