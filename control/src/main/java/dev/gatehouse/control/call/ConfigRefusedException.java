package dev.gatehouse.control.call;

import dev.gatehouse.config.tree.ConfigProblem;
import java.util.List;
import java.util.stream.Collectors;

/** A configuration that is not taken; nothing has changed. */
public final class ConfigRefusedException extends Exception {

  private static final long serialVersionUID = 1L;

  private final transient List<ConfigProblem> problems;

  /**
   * @param problems all of them, at least one
   */
  public ConfigRefusedException(List<ConfigProblem> problems) {
    super(problems.stream().map(ConfigProblem::toString).collect(Collectors.joining("; ")));
    this.problems = List.copyOf(problems);
  }

  /** All that is wrong with it. */
  public List<ConfigProblem> problems() {
    return problems;
  }
}
