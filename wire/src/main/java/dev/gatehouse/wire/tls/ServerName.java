package dev.gatehouse.wire.tls;

import java.util.Optional;

/**
 * A host name in the one form in which names are compared: lower case, without the root's dot.
 *
 * <p>Made by {@link #parse} alone, the same for SNI, {@code Host}, {@code :authority} and the
 * configuration: two ways to normalise would be two answers to "which route".
 */
public final class ServerName {

  /** The longest name without the root's dot (RFC 1035 section 2.3.4, in text form). */
  static final int MAX_LENGTH = 253;

  /** The longest label (RFC 1035 section 2.3.4). */
  static final int MAX_LABEL_LENGTH = 63;

  private final String name;

  private ServerName(String name) {
    this.name = name;
  }

  /**
   * Reads a name: labels of letters, digits, hyphens and underscores, of which the last is not all
   * digits, since that would be an address (RFC 6066 section 3 allows none).
   */
  public static Optional<ServerName> parse(CharSequence text) {
    int end = text.length();
    if (end > 0 && text.charAt(end - 1) == '.') {
      end--;
    }
    if (end == 0 || end > MAX_LENGTH) {
      return Optional.empty();
    }
    char[] name = new char[end];
    for (int i = 0; i < end; i++) {
      name[i] = lowerCase(text.charAt(i));
    }
    return areLabels(name) ? Optional.of(new ServerName(new String(name))) : Optional.empty();
  }

  private static char lowerCase(char character) {
    return character >= 'A' && character <= 'Z' ? (char) (character + ('a' - 'A')) : character;
  }

  private static boolean areLabels(char[] name) {
    int from = 0;
    for (int i = 0; i < name.length; i++) {
      if (name[i] == '.') {
        if (!isLabel(name, from, i)) {
          return false;
        }
        from = i + 1;
      }
    }
    return isLabel(name, from, name.length) && !isNumber(name, from);
  }

  private static boolean isLabel(char[] name, int from, int to) {
    if (from == to || to - from > MAX_LABEL_LENGTH) {
      return false;
    }
    for (int i = from; i < to; i++) {
      if (!isNameCharacter(name[i])) {
        return false;
      }
    }
    return true;
  }

  private static boolean isNumber(char[] name, int from) {
    for (int i = from; i < name.length; i++) {
      if (!isDigit(name[i])) {
        return false;
      }
    }
    return true;
  }

  private static boolean isNameCharacter(char character) {
    return (character >= 'a' && character <= 'z')
        || isDigit(character)
        || character == '-'
        || character == '_';
  }

  private static boolean isDigit(char character) {
    return character >= '0' && character <= '9';
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ServerName that && name.equals(that.name);
  }

  @Override
  public int hashCode() {
    return name.hashCode();
  }

  /** The name. */
  @Override
  public String toString() {
    return name;
  }
}
