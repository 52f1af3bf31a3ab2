package dev.gatehouse.watch.unit;

/** Makes text that a stranger chose fit for labels and terminals. */
public final class Printable {

  private Printable() {}

  /** The text with control characters replaced, cut at a number of characters. */
  public static String of(String text, int maxCharacters) {
    StringBuilder clean = new StringBuilder(Math.min(text.length(), maxCharacters));
    text.codePoints()
        .limit(maxCharacters)
        .map(character -> Character.isISOControl(character) ? '?' : character)
        .forEach(clean::appendCodePoint);
    return clean.toString();
  }
}
