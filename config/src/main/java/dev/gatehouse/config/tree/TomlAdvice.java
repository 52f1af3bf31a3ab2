package dev.gatehouse.config.tree;

import java.util.List;
import java.util.regex.Pattern;

/** What an operator most likely wanted to write in a line that is not TOML. */
final class TomlAdvice {

  private record Habit(Pattern line, String advice) {}

  /** A word, a path, a duration, a size or an address. */
  private static final Pattern BARE_TEXT =
      Pattern.compile(
          "\\s*[A-Za-z0-9_.-]+\\s*=\\s*"
              + "((?!(true|false|inf|nan)\\b)[A-Za-z/:.*~]|[0-9]+([A-Za-z]|\\.[0-9]+\\.)).*");

  private static final List<Habit> HABITS =
      List.of(
          new Habit(
              Pattern.compile("\\s*[A-Za-z0-9_.-]+\\s*:(\\s.*)?"),
              "; TOML writes key = value, and a YAML file ends in .yaml"),
          new Habit(
              Pattern.compile("\\s*[A-Za-z0-9_.-]+\\s*=\\s*0[0-9].*"),
              "; a number with a leading zero needs quotes: key = \"0660\""),
          new Habit(BARE_TEXT, "; text needs quotes: key = \"value\""),
          new Habit(Pattern.compile("\\s*[A-Za-z0-9_.-]+\\s*=\\s*"), "; write key = value"));

  private TomlAdvice() {}

  static String on(String line) {
    return HABITS.stream()
        .filter(habit -> habit.line().matcher(line).matches())
        .findFirst()
        .map(Habit::advice)
        .orElse("");
  }
}
