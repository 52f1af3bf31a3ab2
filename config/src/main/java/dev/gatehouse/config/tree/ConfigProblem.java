package dev.gatehouse.config.tree;

import java.util.Comparator;

/**
 * One mistake of the operator, told in a sentence that names the place.
 *
 * @param place the file's name, or empty where the sentence itself names a variable or a flag
 * @param line counted from 1; 0 where there is none
 * @param key the path of the key that it is about, such as {@code proxy.listeners[0].addr}; empty
 *     where there is none
 */
public record ConfigProblem(String place, int line, String key, String message) {

  /** By line of the file; what came from outside of the file is last. */
  public static final Comparator<ConfigProblem> IN_READING_ORDER =
      Comparator.comparing((ConfigProblem problem) -> problem.place().isEmpty())
          .thenComparingInt(ConfigProblem::line);

  /** A mistake that is about no key. */
  public ConfigProblem(String place, int line, String message) {
    this(place, line, "", message);
  }

  @Override
  public String toString() {
    if (place.isEmpty()) {
      return message;
    }
    return line == 0 ? place + ": " + message : place + ":" + line + ": " + message;
  }
}
