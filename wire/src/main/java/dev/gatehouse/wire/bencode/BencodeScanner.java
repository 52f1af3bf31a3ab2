package dev.gatehouse.wire.bencode;

import io.netty.buffer.ByteBuf;
import java.util.Optional;

/**
 * Finds where a value ends and judges its form on the way, without keeping any of it.
 *
 * <p>Every method takes the index of a first byte and gives the index behind a last one, or {@link
 * #STOP}; then {@link #fault} says why, or that more bytes are needed. Nothing is allocated, so no
 * announced length costs memory, and the depth of the recursion is a limit.
 */
final class BencodeScanner {

  /** There is no end, for want of bytes or because of a fault. */
  static final int STOP = -1;

  private static final int MAX_DIGITS = 19;

  private final ByteBuf in;
  private final BencodeLimits limits;

  /** The index that no value may reach beyond. */
  private final long limit;

  /** The end of what has arrived and may be looked at. */
  private final int end;

  private Optional<BencodeFault> fault = Optional.empty();

  /** Where the content of the last string begins. */
  private int content;

  BencodeScanner(ByteBuf in, BencodeLimits limits) {
    this.in = in;
    this.limits = limits;
    this.limit = (long) in.readerIndex() + limits.maxBytes();
    this.end = (int) Math.min(in.writerIndex(), limit);
  }

  /** Why there is no value; empty if it may still become one. */
  Optional<BencodeFault> fault() {
    return fault;
  }

  /** The index of the first byte of the last string's content. */
  int content() {
    return content;
  }

  /** The end of the value at an index, inside so many lists and dictionaries. */
  int value(int at, int depth) {
    if (at == end) {
      return needMore();
    }
    return switch (in.getByte(at)) {
      case 'i' -> integer(at + 1);
      case 'l' -> depth == limits.maxDepth() ? refuse(BencodeFault.DEPTH) : list(at + 1, depth + 1);
      case 'd' ->
          depth == limits.maxDepth() ? refuse(BencodeFault.DEPTH) : dictionary(at + 1, depth + 1);
      case '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> string(at);
      default -> refuse(BencodeFault.SYNTAX);
    };
  }

  private int list(int from, int depth) {
    int at = from;
    while (at != STOP && !isEnd(at)) {
      at = value(at, depth);
    }
    return at == STOP ? STOP : at + 1;
  }

  private int dictionary(int from, int depth) {
    int at = from;
    int lastKey = STOP;
    int lastKeyEnd = STOP;
    while (at != STOP && !isEnd(at)) {
      int keyEnd = key(at);
      if (keyEnd == STOP) {
        return STOP;
      }
      int key = content;
      if (lastKey != STOP && compare(lastKey, lastKeyEnd, key, keyEnd) >= 0) {
        return refuse(BencodeFault.KEY_ORDER);
      }
      lastKey = key;
      lastKeyEnd = keyEnd;
      at = value(keyEnd, depth);
    }
    return at == STOP ? STOP : at + 1;
  }

  private boolean isEnd(int at) {
    return at < end && in.getByte(at) == 'e';
  }

  private int key(int at) {
    if (at == end) {
      return needMore();
    }
    return isDigit(in.getByte(at)) ? string(at) : refuse(BencodeFault.KEY);
  }

  /** Unsigned bytes, and a prefix before what it begins, as BEP 3 sorts "raw strings". */
  private int compare(int one, int oneEnd, int other, int otherEnd) {
    int shared = Math.min(oneEnd - one, otherEnd - other);
    for (int i = 0; i < shared; i++) {
      int order = Integer.compare(in.getUnsignedByte(one + i), in.getUnsignedByte(other + i));
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(oneEnd - one, otherEnd - other);
  }

  /** The end of the string whose first digit is at an index. */
  int string(int at) {
    long length = digit(at);
    int next = at + 1;
    while (next < end && isDigit(in.getByte(next))) {
      if (length == 0) {
        return refuse(BencodeFault.LENGTH);
      }
      length = 10 * length + digit(next);
      if (length > limits.maxBytes()) {
        return refuse(BencodeFault.TOO_BIG);
      }
      next++;
    }
    if (next == end) {
      return needMore();
    }
    if (in.getByte(next) != ':') {
      return refuse(BencodeFault.LENGTH);
    }
    content = next + 1;
    if (content + length > limit) {
      return refuse(BencodeFault.TOO_BIG);
    }
    return content + length > end ? STOP : content + (int) length;
  }

  private int integer(int from) {
    if (from == end) {
      return needMore();
    }
    boolean negative = in.getByte(from) == '-';
    int digits = negative ? from + 1 : from;
    int at = digits;
    while (at < end && isDigit(in.getByte(at)) && at - digits <= MAX_DIGITS) {
      at++;
    }
    boolean leadingZero = at > digits && in.getByte(digits) == '0' && (negative || at > digits + 1);
    if (leadingZero || isTooLarge(digits, at, negative)) {
      return refuse(BencodeFault.INTEGER);
    }
    if (at == end) {
      return needMore();
    }
    return at > digits && in.getByte(at) == 'e' ? at + 1 : refuse(BencodeFault.INTEGER);
  }

  /** Whether the digits mean more than 64 bits with a sign hold. */
  private boolean isTooLarge(int digits, int to, boolean negative) {
    if (to - digits != MAX_DIGITS) {
      return to - digits > MAX_DIGITS;
    }
    long number = number(digits, to);
    return number > 0 || (number == Long.MIN_VALUE && !negative);
  }

  /** The negative of the number that at most nineteen digits write; positive if it overflows. */
  long number(int digits, int to) {
    long number = 0;
    for (int i = digits; i < to; i++) {
      number = 10 * number - digit(i);
    }
    return number;
  }

  private int needMore() {
    return end == limit ? refuse(BencodeFault.TOO_BIG) : STOP;
  }

  private int refuse(BencodeFault why) {
    fault = Optional.of(why);
    return STOP;
  }

  private int digit(int at) {
    return in.getByte(at) - '0';
  }

  private static boolean isDigit(byte character) {
    return character >= '0' && character <= '9';
  }
}
