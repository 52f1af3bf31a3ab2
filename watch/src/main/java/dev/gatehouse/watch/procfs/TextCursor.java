package dev.gatehouse.watch.procfs;

import java.nio.charset.StandardCharsets;

/**
 * Walks over lines of words, as the kernel writes them, without making strings.
 *
 * <p>A cursor starts before its first line: {@link #nextLine} comes first, then the words of that
 * line. Whatever is missing or no number reads as {@link #ABSENT}, never as an exception: a shorter
 * line costs its reader the fields that are not there and no others.
 */
public final class TextCursor {

  /** What a number reads as that is not there, is negative or is none. */
  public static final long ABSENT = -1;

  private final byte[] bytes;
  private final int start;
  private final int limit;
  private int position;
  private int lineEnd;
  private int nextLine;

  /** Over the bytes from {@code start} to before {@code limit}, which the caller leaves alone. */
  public TextCursor(byte[] bytes, int start, int limit) {
    this.bytes = bytes;
    this.start = start;
    this.limit = limit;
    rewind();
  }

  /** Over bytes that are a whole file. */
  public static TextCursor of(byte[] bytes) {
    return new TextCursor(bytes, 0, bytes.length);
  }

  /** Goes back to before the first line. */
  public void rewind() {
    position = start;
    lineEnd = start;
    nextLine = start;
  }

  public boolean isEmpty() {
    return start == limit;
  }

  /** Goes to the start of the next line; false at the end. */
  public boolean nextLine() {
    if (nextLine >= limit) {
      position = lineEnd;
      return false;
    }
    position = nextLine;
    lineEnd = position;
    while (lineEnd < limit && bytes[lineEnd] != '\n') {
      lineEnd++;
    }
    nextLine = lineEnd + 1;
    return true;
  }

  /** Goes to after the first word of the first later line that begins with this word. */
  public boolean lineOf(String word) {
    while (nextLine()) {
      if (accept(word)) {
        return true;
      }
    }
    return false;
  }

  /** A cursor of the rest of this line alone, already on it. */
  public TextCursor line() {
    TextCursor line = new TextCursor(bytes, position, lineEnd);
    line.nextLine();
    return line;
  }

  /** Whether the line has another word. */
  public boolean hasWord() {
    skipBlanks();
    return position < lineEnd;
  }

  /** Passes over the next word if it is this one. */
  public boolean accept(String word) {
    skipBlanks();
    int end = wordEnd(position);
    if (!matches(position, end, word)) {
      return false;
    }
    position = end;
    return true;
  }

  /** Whether these characters come next, whatever follows them. */
  public boolean startsWith(String prefix) {
    skipBlanks();
    int end = position + prefix.length();
    return end <= lineEnd && matches(position, end, prefix);
  }

  /** Passes over these characters if they come next, whatever follows them. */
  public boolean acceptPrefix(String prefix) {
    boolean starts = startsWith(prefix);
    if (starts) {
      position += prefix.length();
    }
    return starts;
  }

  /** Passes over words. */
  public TextCursor skip(int words) {
    for (int i = 0; i < words; i++) {
      skipBlanks();
      position = wordEnd(position);
    }
    return this;
  }

  /**
   * The next word as a number, passed over whatever it is; {@link Long#MAX_VALUE} if it is greater.
   */
  public long number() {
    skipBlanks();
    int from = position;
    position = wordEnd(from);
    return digits(from, position);
  }

  /** The next word as a number with an optional fraction; NaN if it is none. */
  public double decimal() {
    skipBlanks();
    int from = position;
    position = wordEnd(from);
    int point = indexOf('.', from, position);
    long whole = digits(from, point);
    if (whole == ABSENT || point == position) {
      return whole == ABSENT ? Double.NaN : (double) whole;
    }
    long fraction = digits(point + 1, position);
    return fraction == ABSENT
        ? Double.NaN
        : (double) whole + (double) fraction / Math.pow(10, position - point - 1.0);
  }

  /** The next word, empty at the end of the line. */
  public String word() {
    skipBlanks();
    int from = position;
    position = wordEnd(from);
    return text(from, position);
  }

  /** The text before the delimiter, which is passed over; empty, and nothing passed, without it. */
  public String before(char delimiter) {
    skipBlanks();
    int end = indexOf(delimiter, position, lineEnd);
    if (end == lineEnd) {
      return "";
    }
    String text = text(position, end);
    position = end + 1;
    return text;
  }

  /** The rest of the line, without blanks around it. */
  public String rest() {
    skipBlanks();
    int from = position;
    int end = lineEnd;
    while (end > from && isBlank(bytes[end - 1])) {
      end--;
    }
    position = lineEnd;
    return text(from, end);
  }

  private String text(int from, int end) {
    return new String(bytes, from, end - from, StandardCharsets.UTF_8);
  }

  private long digits(int from, int end) {
    if (from >= end) {
      return ABSENT;
    }
    long value = 0;
    for (int i = from; i < end; i++) {
      int digit = bytes[i] - '0';
      if (digit < 0 || digit > 9) {
        return ABSENT;
      }
      value = value > (Long.MAX_VALUE - digit) / 10 ? Long.MAX_VALUE : 10 * value + digit;
    }
    return value;
  }

  private boolean matches(int from, int end, String word) {
    if (end - from != word.length()) {
      return false;
    }
    for (int i = from; i < end; i++) {
      if (bytes[i] != word.charAt(i - from)) {
        return false;
      }
    }
    return true;
  }

  private int indexOf(char wanted, int from, int end) {
    int i = from;
    while (i < end && bytes[i] != wanted) {
      i++;
    }
    return i;
  }

  private int wordEnd(int from) {
    int end = from;
    while (end < lineEnd && !isBlank(bytes[end])) {
      end++;
    }
    return end;
  }

  private void skipBlanks() {
    while (position < lineEnd && isBlank(bytes[position])) {
      position++;
    }
  }

  private static boolean isBlank(byte b) {
    return b == ' ' || b == '\t' || b == '\r';
  }
}
