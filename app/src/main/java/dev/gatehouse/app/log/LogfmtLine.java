package dev.gatehouse.app.log;

import ch.qos.logback.classic.spi.ILoggingEvent;

/** Lines of {@code key=value}, quoted where a value is more than a word. */
final class LogfmtLine implements LogLine {

  @Override
  public String format(ILoggingEvent event) {
    StringBuilder line = new StringBuilder(160);
    LogFields.of(event)
        .forEach(
            (key, value) -> {
              line.append(line.isEmpty() ? "" : " ").append(key).append('=');
              append(line, value.toString());
            });
    return line.toString();
  }

  private static void append(StringBuilder line, String value) {
    if (!value.isEmpty() && value.chars().allMatch(LogfmtLine::isPlain)) {
      line.append(value);
      return;
    }
    line.append('"');
    value.chars().forEach(character -> appendEscaped(line, (char) character));
    line.append('"');
  }

  private static boolean isPlain(int character) {
    return character > ' '
        && character < 0x7f
        && character != '"'
        && character != '='
        && character != '\\';
  }

  private static void appendEscaped(StringBuilder line, char character) {
    switch (character) {
      case '"' -> line.append("\\\"");
      case '\\' -> line.append("\\\\");
      case '\n' -> line.append("\\n");
      case '\r' -> line.append("\\r");
      case '\t' -> line.append("\\t");
      default -> {
        if (Character.isISOControl(character) || character == '\u2028' || character == '\u2029') {
          line.append(String.format("\\u%04x", (int) character));
        } else {
          line.append(character);
        }
      }
    }
  }
}
