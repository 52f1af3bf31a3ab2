package dev.gatehouse.cli.text;

/** How a line stands out at a terminal (ECMA-48 section 8.3.117, select graphic rendition). */
public enum TextStyle {
  PLAIN(""),
  DIM("\u001b[2m"),
  RED("\u001b[31m"),
  YELLOW("\u001b[33m");

  private static final String RESET = "\u001b[0m";

  private final String sequence;

  TextStyle(String sequence) {
    this.sequence = sequence;
  }

  /** The line so marked; it must not hold a mark already. */
  String mark(String line) {
    return sequence.isEmpty() ? line : sequence + line + RESET;
  }
}
