package dev.gatehouse.cli.text;

import java.util.Locale;
import java.util.regex.Pattern;

/** The words for the closed sets of the control API: {@code SCOPE_PUBLIC} is public. */
public final class Words {

  private static final Pattern NEW_WORD = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])");
  private static final String UNKNOWN = "unknown";

  private Words() {}

  /** The word for a value; one that this program does not know yet is unknown. */
  public static String of(Enum<?> value) {
    String type = NEW_WORD.matcher(value.getDeclaringClass().getSimpleName()).replaceAll("_");
    String prefix = type.toUpperCase(Locale.ROOT) + "_";
    if (!value.name().startsWith(prefix) || value.name().equals(prefix + "UNSPECIFIED")) {
      return UNKNOWN;
    }
    return value.name().substring(prefix.length()).toLowerCase(Locale.ROOT);
  }
}
