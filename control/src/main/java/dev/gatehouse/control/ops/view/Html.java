package dev.gatehouse.control.ops.view;

/**
 * Writes HTML in which a value can only ever be text.
 *
 * <p>Tags and classes are constants of the code; {@link #text} is the only way in for values.
 */
final class Html {

  private final StringBuilder page = new StringBuilder(16 * 1024);

  /** Markup of ours, as it is. */
  Html markup(String constant) {
    page.append(constant);
    return this;
  }

  /**
   * A value from anywhere. Characters that reorder or hide their neighbours become visible, so that
   * a process cannot dress up as another.
   */
  Html text(String value) {
    value.codePoints().forEach(this::append);
    return this;
  }

  Html element(String tag, String value) {
    return markup("<" + tag + ">").text(value).markup("</" + tag + ">\n");
  }

  /** An element of one class. */
  Html element(String tag, String cssClass, String value) {
    return markup("<" + tag + " class=\"" + cssClass + "\">")
        .text(value)
        .markup("</" + tag + ">\n");
  }

  @Override
  public String toString() {
    return page.toString();
  }

  private void append(int codePoint) {
    switch (codePoint) {
      case '&' -> page.append("&amp;");
      case '<' -> page.append("&lt;");
      case '>' -> page.append("&gt;");
      case '"' -> page.append("&quot;");
      case '\'' -> page.append("&#39;");
      default -> page.appendCodePoint(isVisible(codePoint) ? codePoint : '\ufffd');
    }
  }

  private static boolean isVisible(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }
}
