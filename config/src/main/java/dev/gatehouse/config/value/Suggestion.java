package dev.gatehouse.config.value;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** The known name that an unknown one was probably meant to be. */
public final class Suggestion {

  /** Longer words are not typing mistakes of anything, and would cost time. */
  private static final int MAX_LENGTH = 120;

  private record Candidate(String name, int distance) {}

  private Suggestion() {}

  /** The closest of the known names, if a typing mistake leads from one to the other. */
  public static Optional<String> nearest(String typed, Collection<String> known) {
    if (typed.length() > MAX_LENGTH) {
      return Optional.empty();
    }
    String folded = fold(typed);
    return known.stream()
        .map(name -> new Candidate(name, distance(folded, fold(name))))
        .filter(candidate -> candidate.distance() <= allowed(typed, candidate.name()))
        .min(Comparator.comparingInt(Candidate::distance))
        .map(Candidate::name);
  }

  /** One mistake in three characters is a typing mistake; more is another word. */
  private static int allowed(String typed, String name) {
    return Math.max(1, (Math.max(typed.length(), name.length()) + 1) / 3);
  }

  private static String fold(String name) {
    return name.toLowerCase(Locale.ROOT).replace('-', '_');
  }

  /** Damerau-Levenshtein in its optimal string alignment form: a swap counts as one mistake. */
  static int distance(String a, String b) {
    int[][] table = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        table[i][j] = i == 0 || j == 0 ? i + j : cell(table, a, b, i, j);
      }
    }
    return table[a.length()][b.length()];
  }

  private static int cell(int[][] table, String a, String b, int i, int j) {
    int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
    int best = Math.min(table[i - 1][j], table[i][j - 1]) + 1;
    best = Math.min(best, table[i - 1][j - 1] + change);
    return swapped(a, b, i, j) ? Math.min(best, table[i - 2][j - 2] + 1) : best;
  }

  private static boolean swapped(String a, String b, int i, int j) {
    return i > 1
        && j > 1
        && a.charAt(i - 1) == b.charAt(j - 2)
        && a.charAt(i - 2) == b.charAt(j - 1);
  }
}
