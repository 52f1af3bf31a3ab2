package dev.gatehouse.watch.host;

import java.util.List;
import java.util.function.Predicate;

/**
 * Matches names with any of several patterns: {@code *} is any characters, {@code ?} exactly one.
 */
final class NamePatterns implements Predicate<String> {

  private final List<String> patterns;

  NamePatterns(List<String> patterns) {
    this.patterns = List.copyOf(patterns);
  }

  @Override
  public boolean test(String name) {
    for (String pattern : patterns) {
      if (matches(pattern, name)) {
        return true;
      }
    }
    return false;
  }

  /** Goes back to the last star only, so that hostile names cost no more than the product. */
  private static boolean matches(String pattern, String name) {
    int p = 0;
    int star = -1;
    int resume = 0;
    for (int n = 0; n < name.length(); n++) {
      char next = p < pattern.length() ? pattern.charAt(p) : 0;
      if (next == '*') {
        star = p;
        p++;
        resume = n;
        n--;
      } else if (p < pattern.length() && (next == '?' || next == name.charAt(n))) {
        p++;
      } else if (star >= 0) {
        p = star + 1;
        n = resume;
        resume++;
      } else {
        return false;
      }
    }
    return pattern.substring(p).replace("*", "").isEmpty();
  }
}
