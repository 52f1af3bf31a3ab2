package dev.gatehouse.wire.websocket;

import io.netty.buffer.ByteBuf;

/**
 * Finds the frames of one client, one after the other, and refuses what <a
 * href="https://datatracker.ietf.org/doc/html/rfc6455#section-5">RFC 6455, section 5</a> does not
 * allow: frames that are not masked, reserved bits and opcodes, lengths that are not the shortest,
 * control frames that are long or in fragments, and fragments out of order.
 *
 * <p>The payload is unmasked where it stands. Nothing is allocated.
 */
public final class FrameReader {

  /** What there is at the beginning of the bytes. */
  public enum Outcome {
    /** A whole frame, which has been read. */
    COMPLETE,
    /** The beginning of one, or nothing. */
    INCOMPLETE,
    /** Something else; where the next frame begins is not known. */
    MALFORMED,
    /** A frame that makes its message too long. */
    TOO_LARGE
  }

  private static final int FINAL = 0x80;
  private static final int RESERVED = 0x70;
  private static final int OPCODE = 0x0f;
  private static final int MASKED = 0x80;
  private static final int LENGTH = 0x7f;

  /** The longest payload whose length is in the second byte. */
  private static final int MAX_SHORT = 125;

  /** What stands there if the length is in the two bytes behind it. */
  private static final int TWO_BYTES = 126;

  private static final int MAX_TWO_BYTES = 0xffff;

  /** The bytes before a longer length. */
  private static final int START = 2;

  private static final int MASK = Integer.BYTES;

  private final int maxMessageBytes;
  private Opcode opcode = Opcode.CONTINUATION;
  private boolean last;
  private int from;
  private int to;

  /** Whether fragments of a message have come and the last one has not. */
  private boolean midMessage;

  /** The length of those fragments. */
  private int joined;

  /** How long the frame is that has begun, as far as that is known. */
  private int whole;

  /**
   * A reader for one connection.
   *
   * @param maxMessageBytes of all fragments of a message together
   */
  public FrameReader(int maxMessageBytes) {
    this.maxMessageBytes = maxMessageBytes;
  }

  /** Reads a frame, if it is whole; else the reader index stays where it is. */
  public Outcome read(ByteBuf in) {
    whole = START;
    if (in.readableBytes() < START) {
      return Outcome.INCOMPLETE;
    }
    int start = in.readerIndex();
    int first = in.getByte(start);
    int second = in.getByte(start + 1);
    Opcode found = Opcode.of(first & OPCODE);
    boolean ends = (first & FINAL) != 0;
    if (found == null
        || (first & RESERVED) != 0
        || (second & MASKED) == 0
        || !isInOrder(found, ends, second & LENGTH)) {
      return Outcome.MALFORMED;
    }
    opcode = found;
    last = ends;
    return sized(in, second & LENGTH);
  }

  private boolean isInOrder(Opcode found, boolean ends, int length) {
    return switch (found) {
      case CONTINUATION -> midMessage;
      case TEXT, BINARY -> !midMessage;
      case PING, PONG -> ends && length <= MAX_SHORT;
      // the code is two bytes
      case CLOSE -> ends && length <= MAX_SHORT && length != 1;
    };
  }

  private Outcome sized(ByteBuf in, int told) {
    int extra = told <= MAX_SHORT ? 0 : told == TWO_BYTES ? Short.BYTES : Long.BYTES;
    whole = START + extra + MASK;
    if (in.readableBytes() < START + extra) {
      return Outcome.INCOMPLETE;
    }
    int behind = in.readerIndex() + START;
    long length =
        switch (extra) {
          case 0 -> told;
          case Short.BYTES -> in.getUnsignedShort(behind);
          default -> in.getLong(behind);
        };
    // a highest bit that is set makes it negative
    boolean shortest = length > (extra == Long.BYTES ? MAX_TWO_BYTES : extra == 0 ? -1 : MAX_SHORT);
    if (!shortest) {
      return Outcome.MALFORMED;
    }
    if (!opcode.isControl() && length > maxMessageBytes - joined) {
      return Outcome.TOO_LARGE;
    }
    return taken(in, (int) length);
  }

  private Outcome taken(ByteBuf in, int length) {
    int header = whole;
    whole = header + length;
    if (in.readableBytes() < whole) {
      return Outcome.INCOMPLETE;
    }
    from = in.readerIndex() + header;
    to = from + length;
    unmask(in, in.getInt(from - MASK));
    in.readerIndex(to);
    if (!opcode.isControl()) {
      midMessage = !last;
      joined = last ? 0 : joined + length;
    }
    return Outcome.COMPLETE;
  }

  /** Section 5.3; eight bytes at a time. */
  private void unmask(ByteBuf in, int mask) {
    long twice = ((long) mask << Integer.SIZE) | (mask & 0xffff_ffffL);
    int at = from;
    for (; at <= to - Long.BYTES; at += Long.BYTES) {
      in.setLong(at, in.getLong(at) ^ twice);
    }
    for (int left = Long.SIZE - Byte.SIZE; at < to; at++, left -= Byte.SIZE) {
      in.setByte(at, in.getByte(at) ^ (int) (twice >>> left));
    }
  }

  /** What the frame is for that was read. */
  public Opcode opcode() {
    return opcode;
  }

  /** Whether its message ends with it. */
  public boolean isLast() {
    return last;
  }

  /** Where its payload begins. */
  public int from() {
    return from;
  }

  /** The index behind its payload. */
  public int to() {
    return to;
  }

  /** Whether the next frame goes on with a message. */
  public boolean isMidMessage() {
    return midMessage;
  }

  /** How long the frame that is incomplete will be, as far as its bytes say so. */
  public int wholeLength() {
    return whole;
  }
}
