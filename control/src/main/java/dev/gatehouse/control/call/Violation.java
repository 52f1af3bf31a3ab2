package dev.gatehouse.control.call;

import dev.gatehouse.config.tree.ConfigProblem;

/**
 * One thing that is wrong with a request.
 *
 * @param field the path of the field, such as {@code route.l7_policies[1].type}
 * @param sentence what was given, what was expected; does not name the field
 */
record Violation(String field, String sentence) {

  /** The field of a whole configuration file. */
  static final String WHOLE_FILE = "toml";

  /** What is wrong with a request that was read like a configuration. */
  static Violation of(ConfigProblem problem) {
    return new Violation(problem.key(), sentence(problem));
  }

  /** The sentence behind the name of the key, which the field has already. */
  static String sentence(ConfigProblem problem) {
    String message = problem.message();
    for (String separator : new String[] {" = ", ": "}) {
      String start = problem.key() + separator;
      if (message.startsWith(start)) {
        return message.substring(start.length());
      }
    }
    return message;
  }

  @Override
  public String toString() {
    return field + ": " + sentence;
  }
}
