package dev.gatehouse.config;

import dev.gatehouse.config.tree.ConfigProblem;
import dev.gatehouse.config.tree.Node;
import java.util.List;

/** What came of reading a configuration. */
public sealed interface ConfigResult<T> {

  /**
   * The configuration is whole.
   *
   * @param effective every key that counts with its value, secrets hidden
   * @param warnings what is allowed but probably not meant
   */
  record Loaded<T>(T value, Node.Table effective, List<ConfigProblem> warnings)
      implements ConfigResult<T> {
    public Loaded {
      warnings = List.copyOf(warnings);
    }
  }

  /** Nothing may start; all mistakes in reading order, at least one. */
  record Refused<T>(List<ConfigProblem> problems) implements ConfigResult<T> {
    public Refused {
      problems = List.copyOf(problems);
    }
  }
}
