package dev.gatehouse.cli.text;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The words for closed sets: {@code ROUND_ROBIN} is round_robin, and so is {@code
 * BALANCE_ROUND_ROBIN} of the control API.
 */
public final class Words {

  private static final Pattern NEW_WORD = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])");
  private static final String UNKNOWN = "unknown";

  private Words() {}

  /** The word for a value; one that this program does not know yet is unknown. */
  public static String of(Enum<?> value) {
    String type = NEW_WORD.matcher(value.getDeclaringClass().getSimpleName()).replaceAll("_");
    String prefix = type.toUpperCase(Locale.ROOT) + "_";
    String name = value.name();
    if (name.equals(prefix + "UNSPECIFIED") || name.equals("UNRECOGNIZED")) {
      return UNKNOWN;
    }
    String word = name.startsWith(prefix) ? name.substring(prefix.length()) : name;
    return word.toLowerCase(Locale.ROOT);
  }
}
