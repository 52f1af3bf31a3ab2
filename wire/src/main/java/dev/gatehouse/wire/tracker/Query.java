package dev.gatehouse.wire.tracker;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.wire.Bytes;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.util.Arrays;
import java.util.Optional;

/**
 * The parameters of one request, decoded to bytes.
 *
 * <p>Never to text: a decoder of texts turns the bytes of a hash that are no UTF-8 into others. A
 * key without {@code =} has an empty value, and of one that comes again the first counts.
 *
 * <p>Decoding only ever shortens, so keys and values lie behind one another in one array, and three
 * marks say where each begins and ends.
 */
public final class Query {

  /** More parameters than any client sends; what follows them is not looked at. */
  static final int MAX_PARAMETERS = 256;

  /** The parameters of a request that has none. */
  public static final Query EMPTY = new Query(new byte[0], false);

  static final int NONE = -1;

  /** Start of the key, start of the value, end of the value. */
  private static final int MARKS = 3;

  private static final int USUAL_PARAMETERS = 16;

  private final byte[] bytes;
  private final boolean anyCase;
  private int[] marks = new int[MARKS * USUAL_PARAMETERS];
  private int count;

  private Query(byte[] bytes, boolean anyCase) {
    this.bytes = bytes;
    this.anyCase = anyCase;
  }

  /**
   * Reads the readable bytes, which are what follows the {@code ?} in the target of a request. A
   * broken escape stands for itself, and the case of keys counts.
   */
  public static Query ofTarget(ByteBuf raw) {
    Query query = new Query(ByteBufUtil.getBytes(raw), false);
    query.decode();
    return query;
  }

  /** Reads the query of a URL in a datagram, which {@code ;} splits too; keys are in any case. */
  public static Query ofUrlData(byte[] raw, int from, int to) {
    Query query = new Query(Arrays.copyOfRange(raw, from, to), true);
    query.decode();
    return query;
  }

  /** Whether a percent sign between two indexes is not followed by two hexadecimal digits. */
  public static boolean hasBrokenEscape(byte[] raw, int from, int to) {
    for (int i = from; i < to; i++) {
      if (raw[i] == '%' && !isEscape(raw, i, to)) {
        return true;
      }
    }
    return false;
  }

  private void decode() {
    int written = 0;
    int key = 0;
    int value = NONE;
    for (int at = 0; at < bytes.length && count < MAX_PARAMETERS; at++) {
      byte character = bytes[at];
      if (character == '&' || (anyCase && character == ';')) {
        mark(key, value, written);
        key = written;
        value = NONE;
      } else if (character == '=' && value == NONE) {
        value = written;
      } else if (character == '%' && isEscape(bytes, at, bytes.length)) {
        bytes[written++] =
            (byte) (Ascii.hexDigit(bytes[at + 1]) << 4 | Ascii.hexDigit(bytes[at + 2]));
        at += 2;
      } else {
        bytes[written++] = character == '+' ? (byte) ' ' : character;
      }
    }
    if (count < MAX_PARAMETERS) {
      mark(key, value, written);
    }
  }

  private static boolean isEscape(byte[] raw, int at, int to) {
    return to - at > 2 && Ascii.hexDigit(raw[at + 1]) >= 0 && Ascii.hexDigit(raw[at + 2]) >= 0;
  }

  private void mark(int key, int value, int end) {
    if (key == end) {
      return;
    }
    if (marks.length == MARKS * count) {
      marks = Arrays.copyOf(marks, 2 * marks.length);
    }
    marks[MARKS * count] = key;
    marks[MARKS * count + 1] = value == NONE ? end : value;
    marks[MARKS * count + 2] = end;
    count++;
  }

  /** How many parameters there are, repeated ones included. */
  public int size() {
    return count;
  }

  /** The first value of a key. */
  public Optional<Bytes> get(String key) {
    int parameter = find(key.getBytes(UTF_8), 0);
    return parameter == NONE
        ? Optional.empty()
        : Optional.of(Bytes.of(Arrays.copyOfRange(bytes, from(parameter), to(parameter))));
  }

  /** The first parameter with this key at or behind a position, or {@link #NONE}. */
  int find(byte[] key, int position) {
    for (int i = position; i < count; i++) {
      if (isKey(i, key)) {
        return i;
      }
    }
    return NONE;
  }

  private boolean isKey(int parameter, byte[] key) {
    int from = marks[MARKS * parameter];
    if (from(parameter) - from != key.length) {
      return false;
    }
    for (int i = 0; i < key.length; i++) {
      if (fold(bytes[from + i]) != fold(key[i])) {
        return false;
      }
    }
    return true;
  }

  private byte fold(byte character) {
    return anyCase ? Ascii.lowerCase(character) : character;
  }

  /** The decoded bytes of all parameters; not to be changed. */
  byte[] bytes() {
    return bytes;
  }

  /** Where the value of a parameter begins in {@link #bytes}. */
  int from(int parameter) {
    return marks[MARKS * parameter + 1];
  }

  /** Where the value of a parameter ends in {@link #bytes}. */
  int to(int parameter) {
    return marks[MARKS * parameter + 2];
  }
}
