package dev.gatehouse.control.ops.page;

import java.util.Locale;
import java.util.regex.Pattern;

/** Reads what a peer prefers, from a list with quality values (RFC 9110 section 12.4.2). */
public final class Weights {

  private static final Pattern QUALITY = Pattern.compile("0(\\.[0-9]{0,3})?|1(\\.0{0,3})?");

  private Weights() {}

  /**
   * How much a peer wants something, from 0 to 1; 0 if it does not name it. Wildcards do not count:
   * they mean anything, so what we would send anyhow is fine.
   *
   * @param list the value of {@code Accept} or {@code Accept-Encoding}
   * @param wanted a type or coding in lower case, without parameters
   */
  public static double of(String list, String wanted) {
    double best = 0;
    for (String member : list.split(",", -1)) {
      String[] parts = member.split(";", -1);
      if (parts[0].strip().toLowerCase(Locale.ROOT).equals(wanted)) {
        best = Math.max(best, quality(parts));
      }
    }
    return best;
  }

  private static double quality(String[] parts) {
    for (int i = 1; i < parts.length; i++) {
      String parameter = parts[i].strip();
      if (parameter.startsWith("q=") || parameter.startsWith("Q=")) {
        String value = parameter.substring(2);
        return QUALITY.matcher(value).matches() ? Double.parseDouble(value) : 0;
      }
    }
    return 1;
  }
}
