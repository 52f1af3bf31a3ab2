package dev.gatehouse.config.tree;

import java.util.ArrayList;
import java.util.List;

/**
 * TOML text without its blank lines and comments, and the way back to the lines of the file.
 *
 * <p>The parser looks ahead over every line break that follows a line, so the time for a run of
 * comments grows with its square; a commented file is little else. It also recurses into each
 * bracket, so brackets that are nested too deeply are refused here, before its stack is exhausted.
 * Quoted text is stepped over, since brackets and {@code #} mean nothing in it.
 */
final class TomlLines {

  private final String text;
  private final StringBuilder kept = new StringBuilder();
  private final List<Integer> numbers = new ArrayList<>();
  private int at;
  private int line = 1;
  private int lineStart;
  private boolean meaningful;
  private int depth;

  private TomlLines(String text) {
    this.text = text;
  }

  static TomlLines of(String text) throws MalformedTreeException {
    TomlLines lines = new TomlLines(text);
    lines.scan();
    return lines;
  }

  String text() {
    return kept.toString();
  }

  /** The line of the file that became this line of {@link #text}. */
  int number(int keptLine) {
    return numbers.isEmpty() ? 1 : numbers.get(Math.clamp(keptLine, 1, numbers.size()) - 1);
  }

  private void scan() throws MalformedTreeException {
    while (at < text.length()) {
      char c = text.charAt(at);
      meaningful |= c != '#' && !Character.isWhitespace(c);
      switch (c) {
        case '#' -> skipComment();
        case '"', '\'' -> skipQuoted(c);
        case '[', '{' -> open();
        case ']', '}' -> depth = Math.max(0, depth - 1);
        case '\n' -> endLine();
        default -> {}
      }
      at++;
    }
    endLine();
  }

  private void open() throws MalformedTreeException {
    depth++;
    if (depth > Limits.MAX_DEPTH) {
      throw MalformedTreeException.tooDeep(line);
    }
  }

  private void endLine() {
    int end = Math.min(at + 1, text.length());
    if (meaningful) {
      kept.append(text, lineStart, end);
      numbers.add(line);
    }
    line++;
    lineStart = end;
    meaningful = false;
  }

  /** Leaves off before the line break. */
  private void skipComment() {
    int lineBreak = text.indexOf('\n', at);
    at = (lineBreak < 0 ? text.length() : lineBreak) - 1;
  }

  private void skipQuoted(char quote) {
    String triple = String.valueOf(quote).repeat(3);
    if (text.startsWith(triple, at)) {
      skipManyLines(triple);
      return;
    }
    at++;
    while (at < text.length() && text.charAt(at) != quote && text.charAt(at) != '\n') {
      at += step(quote);
    }
    if (at < text.length() && text.charAt(at) == '\n') {
      at--;
    }
  }

  private void skipManyLines(String end) {
    at += end.length();
    while (at < text.length() && !text.startsWith(end, at)) {
      if (text.charAt(at) == '\n') {
        endLine();
        meaningful = true;
      }
      at += step(end.charAt(0));
    }
    at += end.length() - 1;
  }

  /** Past an escaped character, but never past a line break, which is counted. */
  private int step(char quote) {
    boolean escapes =
        quote == '"'
            && text.charAt(at) == '\\'
            && at + 1 < text.length()
            && text.charAt(at + 1) != '\n';
    return escapes ? 2 : 1;
  }
}
