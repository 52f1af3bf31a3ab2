package dev.gatehouse.watch.drift;

/** Patterns in which {@code *} stands for any characters and {@code ?} for exactly one. */
final class Glob {

  private Glob() {}

  /** Takes time proportional to pattern times text at worst: names are the program's own claim. */
  static boolean matches(String pattern, String text) {
    int p = 0;
    int t = 0;
    int star = -1;
    int retry = 0;
    while (t < text.length()) {
      if (p < pattern.length() && pattern.charAt(p) == '*') {
        star = p++;
        retry = t;
      } else if (p < pattern.length() && fits(pattern.charAt(p), text.charAt(t))) {
        p++;
        t++;
      } else if (star >= 0) {
        p = star + 1;
        t = ++retry;
      } else {
        return false;
      }
    }
    return onlyStars(pattern, p);
  }

  private static boolean fits(char pattern, char character) {
    return pattern == '?' || pattern == character;
  }

  private static boolean onlyStars(String pattern, int from) {
    return pattern.chars().skip(from).allMatch(character -> character == '*');
  }
}
