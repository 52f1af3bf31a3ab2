package dev.gatehouse.wire.http;

/**
 * The character classes of HTTP, for texts of which each character is one byte (RFC 9110 sections
 * 5.5 and 5.6).
 */
public final class Grammar {

  private static final String TOKEN_MARKS = "!#$%&'*+-.^_`|~";
  private static final char FIRST_VISIBLE = '!';
  private static final char LAST_VISIBLE = '~';
  private static final char FIRST_BEYOND_ASCII = 0x80;
  private static final char LAST_BYTE = 0xff;

  private Grammar() {}

  /** Whether this is a method, a field name or a parameter's name: one token. */
  public static boolean isToken(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (!isTokenCharacter(text.charAt(i))) {
        return false;
      }
    }
    return !text.isEmpty();
  }

  /** Whether this may stand behind the colon of a field, without white space around it. */
  public static boolean isFieldValue(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (!isValueCharacter(text.charAt(i))) {
        return false;
      }
    }
    return text.isEmpty() || (!isBlank(text.charAt(0)) && !isBlank(text.charAt(text.length() - 1)));
  }

  /** Whether these characters may be a request target, whatever its form. */
  public static boolean isTarget(String text) {
    for (int i = 0; i < text.length(); i++) {
      char character = text.charAt(i);
      if (!isVisible(character) || character == '#') {
        return false;
      }
    }
    return !text.isEmpty();
  }

  /** The text without blanks and tabs around it. */
  public static String trim(String text) {
    return trim(text, 0);
  }

  /** What follows {@code start}, without blanks and tabs around it. */
  static String trim(String text, int start) {
    int from = start;
    int to = text.length();
    while (from < to && isBlank(text.charAt(from))) {
      from++;
    }
    while (from < to && isBlank(text.charAt(to - 1))) {
      to--;
    }
    return text.substring(from, to);
  }

  static boolean isBlank(char character) {
    return character == ' ' || character == '\t';
  }

  private static boolean isTokenCharacter(char character) {
    return (character >= 'a' && character <= 'z')
        || (character >= 'A' && character <= 'Z')
        || (character >= '0' && character <= '9')
        || character == '-'
        || TOKEN_MARKS.indexOf(character) >= 0;
  }

  private static boolean isValueCharacter(char character) {
    return isVisible(character)
        || isBlank(character)
        || (character >= FIRST_BEYOND_ASCII && character <= LAST_BYTE);
  }

  private static boolean isVisible(char character) {
    return character >= FIRST_VISIBLE && character <= LAST_VISIBLE;
  }
}
