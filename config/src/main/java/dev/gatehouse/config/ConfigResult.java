package dev.gatehouse.config;

import dev.gatehouse.config.tree.ConfigProblem;
import dev.gatehouse.config.tree.Node;
import java.util.List;
import java.util.Optional;

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

  /**
   * Nothing may start; all mistakes in reading order, at least one.
   *
   * @param standIn what is right, with stand-ins for what is wrong, so that further checks can find
   *     further mistakes; never to be started with, and empty where there was nothing to read
   */
  record Refused<T>(List<ConfigProblem> problems, Optional<T> standIn) implements ConfigResult<T> {
    public Refused {
      problems = List.copyOf(problems);
    }
  }
}
