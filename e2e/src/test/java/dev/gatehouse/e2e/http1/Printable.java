package dev.gatehouse.e2e.http1;

import java.util.stream.Collectors;

/** Characters as they can stand in the name of a case. */
final class Printable {

  private static final int MAX = 40;

  private Printable() {}

  static String of(String text) {
    String head = text.length() > MAX ? text.substring(0, MAX) : text;
    String tail = text.length() > MAX ? "... of " + text.length() : "";
    return head.chars().mapToObj(Printable::escaped).collect(Collectors.joining("", "<", ">"))
        + tail;
  }

  private static String escaped(int character) {
    return character < ' ' || character > '~'
        ? "%%%02X".formatted(character)
        : Character.toString(character);
  }
}
