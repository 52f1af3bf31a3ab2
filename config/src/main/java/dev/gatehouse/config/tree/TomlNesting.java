package dev.gatehouse.config.tree;

/**
 * Refuses brackets that are nested too deeply before the parser sees them, since it recurses into
 * each and would exhaust the stack.
 */
final class TomlNesting {

  private final String text;
  private int at;
  private int depth;
  private int line = 1;

  private TomlNesting(String text) {
    this.text = text;
  }

  static void refuseDeep(String text) throws MalformedTreeException {
    new TomlNesting(text).scan();
  }

  private void scan() throws MalformedTreeException {
    while (at < text.length()) {
      char c = text.charAt(at);
      switch (c) {
        case '#' -> skipTo("\n");
        case '"', '\'' -> skipQuoted(c);
        case '[', '{' -> open();
        case ']', '}' -> depth = Math.max(0, depth - 1);
        case '\n' -> line++;
        default -> {}
      }
      at++;
    }
  }

  private void open() throws MalformedTreeException {
    depth++;
    if (depth > Limits.MAX_DEPTH) {
      throw MalformedTreeException.tooDeep(line);
    }
  }

  /** Ends before the line break that ends a comment. */
  private void skipTo(String end) {
    int found = text.indexOf(end, at);
    at = (found < 0 ? text.length() : found) - 1;
  }

  /** Leaves off at the closing quote, or before the line break that a plain string cannot cross. */
  private void skipQuoted(char quote) {
    String triple = String.valueOf(quote).repeat(3);
    boolean manyLines = text.startsWith(triple, at);
    String end = manyLines ? triple : String.valueOf(quote);
    at += end.length();
    while (at < text.length() && !text.startsWith(end, at)) {
      if (text.charAt(at) == '\n') {
        if (!manyLines) {
          at--;
          return;
        }
        line++;
      }
      at += quote == '"' && text.charAt(at) == '\\' ? 2 : 1;
    }
    at += end.length() - 1;
  }
}
