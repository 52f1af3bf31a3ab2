package dev.gatehouse.wire.envelope;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/**
 * Finds where a JSON value ends and judges its form on the way, without keeping any of it.
 *
 * <p>Every method takes the index of a first byte and gives the index behind a last one, or {@link
 * #STOP}; then {@link #fault} says why. Levels are counted, not recursed into, and one bit of each
 * says whether it is an object: so no input costs stack or memory. A scanner serves one message
 * after another.
 */
final class JsonScanner {

  /** There is no end. */
  static final int STOP = -1;

  /** The most levels of one text (specification of the relay, section 2.8). */
  static final int MAX_DEPTH = 1024;

  private final long[] objects = new long[MAX_DEPTH / Long.SIZE];
  private final JsonTokens tokens = new JsonTokens();
  private ByteBuf in = Unpooled.EMPTY_BUFFER;
  private int end;

  /** How many containers are open. */
  private int depth;

  /** Whether a value must come next; else what ends or continues a container. */
  private boolean due;

  /** Takes the readable bytes of a message for its whole. */
  void open(ByteBuf message) {
    in = message;
    end = message.writerIndex();
    tokens.open(message);
  }

  /** Forgets the message, which may be released then. */
  void close() {
    in = Unpooled.EMPTY_BUFFER;
    tokens.open(in);
  }

  JsonFault fault() {
    return tokens.fault();
  }

  int refuse(JsonFault fault) {
    return tokens.refuse(fault);
  }

  /** The end of the value at an index, inside so many open containers. */
  int value(int from, int level) {
    depth = level;
    due = true;
    int at = from;
    while (at != STOP && (due || depth > level)) {
      at = due ? enter(blank(at)) : leave(blank(at));
    }
    return at;
  }

  /** The first index from there on that holds no white space. */
  int blank(int from) {
    int at = from;
    while (at < end && isBlank(in.getByte(at))) {
      at++;
    }
    return at;
  }

  /** Behind the colon of the key at an index. */
  int key(int from) {
    int at = tokens.string(from);
    return at == STOP ? STOP : tokens.exactly(blank(at), (byte) ':');
  }

  int string(int from) {
    return tokens.string(from);
  }

  /** The byte at an index, or 0, which no JSON has outside of strings, at the end. */
  byte peek(int at) {
    return at < end ? in.getByte(at) : 0;
  }

  /** Behind a byte that must be there. */
  int exactly(int at, char expected) {
    return tokens.exactly(at, (byte) expected);
  }

  boolean isAtEnd(int at) {
    return at == end;
  }

  private int enter(int at) {
    return switch (peek(at)) {
      case '{' -> nest(at, true);
      case '[' -> nest(at, false);
      default -> scalar(at);
    };
  }

  private int scalar(int at) {
    due = false;
    return tokens.scalar(at);
  }

  private int nest(int at, boolean object) {
    if (depth == MAX_DEPTH) {
      return refuse(JsonFault.DEPTH);
    }
    long bit = 1L << depth;
    int word = depth / Long.SIZE;
    objects[word] = object ? objects[word] | bit : objects[word] & ~bit;
    depth++;
    int first = blank(at + 1);
    due = peek(first) != closing();
    return due && object ? key(first) : first;
  }

  private int leave(int at) {
    byte next = peek(at);
    if (next == ',') {
      due = true;
      return isInObject() ? key(blank(at + 1)) : at + 1;
    }
    int behind = tokens.exactly(at, closing());
    depth--;
    return behind;
  }

  private byte closing() {
    return (byte) (isInObject() ? '}' : ']');
  }

  private boolean isInObject() {
    int level = depth - 1;
    return (objects[level / Long.SIZE] & (1L << level)) != 0;
  }

  private static boolean isBlank(byte b) {
    return b == ' ' || b == '\n' || b == '\r' || b == '\t';
  }
}
