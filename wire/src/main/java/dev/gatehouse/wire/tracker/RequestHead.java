package dev.gatehouse.wire.tracker;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The head of one HTTP/1 request, kept as the bytes that it is (RFC 9112), since the hashes in a
 * target are no text.
 *
 * <p>Strict in its lines, which end in CRLF and hold no controls, and lenient where clients of
 * trackers are: the target may hold any byte beyond the blank. One object serves a loop for all its
 * requests: {@link #read} fills it, and from then on the accessors speak of that request.
 */
public final class RequestHead {

  /** What the bytes so far are. */
  public enum Outcome {
    INCOMPLETE,
    /** A whole head; the reader index is behind it. */
    COMPLETE,
    MALFORMED,
    /** Longer than a head may be, or of more fields. */
    TOO_LARGE
  }

  /** More fields than any client sends. */
  static final int MAX_FIELDS = 64;

  /** Start and end of a name, start and end of a value. */
  private static final int MARKS = 4;

  private static final byte[] VERSION = "HTTP/1.".getBytes(US_ASCII);
  private static final byte[] SCHEME_END = "://".getBytes(US_ASCII);
  private static final int MAX_SCHEME = 5;
  private static final String TOKEN_MARKS = "!#$%&'*+-.^_`|~";
  private static final int DELETE = 0x7f;

  private final byte[] bytes;
  private final int[] fields = new int[MARKS * MAX_FIELDS];
  private int fieldCount;
  private int length;
  private int methodEnd;
  private int pathStart;
  private int pathEnd;
  private int targetEnd;
  private boolean versionZero;

  public RequestHead(int maxLength) {
    bytes = new byte[maxLength];
  }

  /** A copy that outlives the next request. */
  public RequestHead copy() {
    RequestHead copy = new RequestHead(length);
    System.arraycopy(bytes, 0, copy.bytes, 0, length);
    System.arraycopy(fields, 0, copy.fields, 0, fields.length);
    copy.fieldCount = fieldCount;
    copy.length = length;
    copy.methodEnd = methodEnd;
    copy.pathStart = pathStart;
    copy.pathEnd = pathEnd;
    copy.targetEnd = targetEnd;
    copy.versionZero = versionZero;
    return copy;
  }

  /**
   * Where the search for the end of a head goes on once there are more bytes than these; all that
   * is kept between two calls that look at one head.
   */
  public static int resume(ByteBuf in) {
    return Math.max(0, in.readableBytes() - 3);
  }

  /**
   * Reads a head from the front of the buffer.
   *
   * @param searched how many bytes have been looked at in vain, by {@link #resume}
   */
  public Outcome read(ByteBuf in, int searched) {
    int end = end(in, searched);
    if (end < 0) {
      return in.readableBytes() >= bytes.length ? Outcome.TOO_LARGE : Outcome.INCOMPLETE;
    }
    if (end > bytes.length) {
      return Outcome.TOO_LARGE;
    }
    length = end;
    in.getBytes(in.readerIndex(), bytes, 0, length);
    Outcome outcome = requestLine();
    if (outcome == Outcome.COMPLETE) {
      in.skipBytes(length);
    }
    return outcome;
  }

  /** The length of a head up to its empty line, or −1. */
  private static int end(ByteBuf in, int searched) {
    int start = in.readerIndex();
    int to = in.writerIndex();
    int line = in.indexOf(start + searched, to, (byte) '\n');
    while (line >= 0 && line + 2 < to) {
      if (in.getByte(line + 1) == '\r' && in.getByte(line + 2) == '\n') {
        return line + 3 - start;
      }
      line = in.indexOf(line + 1, to, (byte) '\n');
    }
    return -1;
  }

  private Outcome requestLine() {
    int lineEnd = lineEnd(0);
    methodEnd = indexOf((byte) ' ', 0, Math.max(0, lineEnd));
    targetEnd = methodEnd < 0 ? -1 : indexOf((byte) ' ', methodEnd + 1, lineEnd);
    boolean whole =
        targetEnd > methodEnd + 1
            && isToken(0, methodEnd)
            && isTarget(methodEnd + 1, targetEnd)
            && isVersion(targetEnd + 1, lineEnd);
    if (!whole) {
      return Outcome.MALFORMED;
    }
    versionZero = bytes[lineEnd - 1] == '0';
    findPath();
    return fields(lineEnd + 2);
  }

  /** Where the CR of a line is, or −1 where a line does not end as it should. */
  private int lineEnd(int from) {
    int newline = indexOf((byte) '\n', from, length);
    return newline > from && bytes[newline - 1] == '\r' ? newline - 1 : -1;
  }

  private int indexOf(byte wanted, int from, int to) {
    for (int i = from; i < to; i++) {
      if (bytes[i] == wanted) {
        return i;
      }
    }
    return -1;
  }

  private boolean isVersion(int from, int to) {
    return to - from == VERSION.length + 1
        && Arrays.equals(bytes, from, to - 1, VERSION, 0, VERSION.length)
        && (bytes[to - 1] == '0' || bytes[to - 1] == '1');
  }

  private boolean isToken(int from, int to) {
    for (int i = from; i < to; i++) {
      byte character = bytes[i];
      boolean letter = (character | 0x20) >= 'a' && (character | 0x20) <= 'z';
      boolean digit = character >= '0' && character <= '9';
      if (!letter && !digit && (character < 0 || TOKEN_MARKS.indexOf(character) < 0)) {
        return false;
      }
    }
    return from < to;
  }

  private boolean isTarget(int from, int to) {
    for (int i = from; i < to; i++) {
      if ((bytes[i] >= 0 && bytes[i] <= ' ') || bytes[i] == DELETE) {
        return false;
      }
    }
    return true;
  }

  /** Finds the path in a target, which may name a scheme and a host before it. */
  private void findPath() {
    int from = methodEnd + 1;
    pathStart = from;
    int colon = bytes[from] == '/' ? -1 : indexOf((byte) ':', from, from + MAX_SCHEME + 1);
    if (colon > from && startsWith(SCHEME_END, colon)) {
      int slash = indexOf((byte) '/', colon + SCHEME_END.length, targetEnd);
      pathStart = slash < 0 ? targetEnd : slash;
    }
    int question = indexOf((byte) '?', pathStart, targetEnd);
    pathEnd = question < 0 ? targetEnd : question;
  }

  private boolean startsWith(byte[] prefix, int from) {
    return from + prefix.length <= targetEnd
        && Arrays.equals(bytes, from, from + prefix.length, prefix, 0, prefix.length);
  }

  private Outcome fields(int from) {
    fieldCount = 0;
    int start = from;
    int lineEnd = lineEnd(start);
    while (lineEnd > start) {
      if (fieldCount == MAX_FIELDS) {
        return Outcome.TOO_LARGE;
      }
      if (!field(start, lineEnd)) {
        return Outcome.MALFORMED;
      }
      start = lineEnd + 2;
      lineEnd = lineEnd(start);
    }
    return lineEnd == start ? Outcome.COMPLETE : Outcome.MALFORMED;
  }

  private boolean field(int from, int to) {
    int colon = indexOf((byte) ':', from, to);
    if (colon < 0 || !isToken(from, colon) || !isValue(colon + 1, to)) {
      return false;
    }
    int start = colon + 1;
    int end = to;
    while (start < end && isBlank(bytes[start])) {
      start++;
    }
    while (end > start && isBlank(bytes[end - 1])) {
      end--;
    }
    int at = MARKS * fieldCount++;
    fields[at] = from;
    fields[at + 1] = colon;
    fields[at + 2] = start;
    fields[at + 3] = end;
    return true;
  }

  private boolean isValue(int from, int to) {
    for (int i = from; i < to; i++) {
      if ((bytes[i] >= 0 && bytes[i] < ' ' && bytes[i] != '\t') || bytes[i] == DELETE) {
        return false;
      }
    }
    return true;
  }

  private static boolean isBlank(byte character) {
    return character == ' ' || character == '\t';
  }

  /** Whether the method is this one; methods tell upper from lower case. */
  public boolean isMethod(String method) {
    return isAscii(method, 0, methodEnd);
  }

  /** Whether the path is this one, byte by byte. */
  public boolean isPath(String path) {
    return isAscii(path, pathStart, pathEnd);
  }

  private boolean isAscii(String text, int from, int to) {
    if (to - from != text.length()) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      if (bytes[from + i] != text.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** The path as it was sent, one character a byte. */
  public String path() {
    return new String(bytes, pathStart, pathEnd - pathStart, ISO_8859_1);
  }

  /** What follows the question mark. */
  public Query query() {
    return pathEnd == targetEnd
        ? Query.EMPTY
        : Query.ofTarget(Unpooled.wrappedBuffer(bytes, pathEnd + 1, targetEnd - pathEnd - 1));
  }

  /** Whether the client speaks HTTP/1.0. */
  public boolean isVersionZero() {
    return versionZero;
  }

  /** The first value of a field, whose name is given in lower case; one character a byte. */
  public Optional<String> field(String lowerCaseName) {
    int field = find(lowerCaseName, 0);
    return field < 0 ? Optional.empty() : Optional.of(value(field));
  }

  /** All values of a field, in their order. */
  public List<String> values(String lowerCaseName) {
    List<String> values = new ArrayList<>();
    int field = find(lowerCaseName, 0);
    while (field >= 0) {
      values.add(value(field));
      field = find(lowerCaseName, field + 1);
    }
    return values;
  }

  private int find(String lowerCaseName, int from) {
    for (int i = from; i < fieldCount; i++) {
      if (isNamed(i, lowerCaseName)) {
        return i;
      }
    }
    return -1;
  }

  private boolean isNamed(int field, String lowerCaseName) {
    int from = fields[MARKS * field];
    if (fields[MARKS * field + 1] - from != lowerCaseName.length()) {
      return false;
    }
    for (int i = 0; i < lowerCaseName.length(); i++) {
      if (Ascii.lowerCase(bytes[from + i]) != lowerCaseName.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private String value(int field) {
    int from = fields[MARKS * field + 2];
    return new String(bytes, from, fields[MARKS * field + 3] - from, ISO_8859_1);
  }
}
