package dev.gatehouse.wire.envelope;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/** Finds where a string, a number or a literal ends, as {@link JsonScanner} finds values. */
final class JsonTokens {

  private static final int STOP = JsonScanner.STOP;
  private static final byte[] TRUE = {'t', 'r', 'u', 'e'};
  private static final byte[] FALSE = {'f', 'a', 'l', 's', 'e'};
  private static final byte[] NULL = {'n', 'u', 'l', 'l'};

  private static final long EACH = 0x0101_0101_0101_0101L;
  private static final long HIGH = EACH << 7;
  private static final long SPACES = EACH * ' ';
  private static final long QUOTES = EACH * '"';
  private static final long BACKSLASHES = EACH * '\\';

  private ByteBuf in = Unpooled.EMPTY_BUFFER;
  private int end;
  private JsonFault fault = JsonFault.TRUNCATED;

  void open(ByteBuf message) {
    in = message;
    end = message.writerIndex();
  }

  JsonFault fault() {
    return fault;
  }

  int refuse(JsonFault reason) {
    fault = reason;
    return STOP;
  }

  int exactly(int at, byte expected) {
    if (at == end) {
      return refuse(JsonFault.TRUNCATED);
    }
    return in.getByte(at) == expected ? at + 1 : refuse(JsonFault.SYNTAX);
  }

  /** The end of a value that is no container. */
  int scalar(int at) {
    if (at == end) {
      return refuse(JsonFault.TRUNCATED);
    }
    return switch (in.getByte(at)) {
      case '"' -> string(at);
      case 't' -> literal(at, TRUE);
      case 'f' -> literal(at, FALSE);
      case 'n' -> literal(at, NULL);
      case '-' -> integer(at + 1);
      default -> integer(at);
    };
  }

  private int literal(int from, byte[] word) {
    for (int i = 0; i < word.length; i++) {
      if (exactly(from + i, word[i]) == STOP) {
        return STOP;
      }
    }
    return from + word.length;
  }

  private int integer(int from) {
    if (from == end) {
      return refuse(JsonFault.TRUNCATED);
    }
    int at = in.getByte(from) == '0' ? from + 1 : digits(from);
    if (at != STOP && at < end && in.getByte(at) == '.') {
      at = digits(at + 1);
    }
    boolean exponent = at != STOP && at < end && (in.getByte(at) | 0x20) == 'e';
    return exponent ? digits(sign(at + 1)) : at;
  }

  private int sign(int at) {
    return at < end && (in.getByte(at) == '+' || in.getByte(at) == '-') ? at + 1 : at;
  }

  /** One digit at least. */
  private int digits(int from) {
    int at = from;
    while (at < end && in.getByte(at) >= '0' && in.getByte(at) <= '9') {
      at++;
    }
    if (at > from) {
      return at;
    }
    return refuse(at == end ? JsonFault.TRUNCATED : JsonFault.SYNTAX);
  }

  /** The end of the string whose quotation mark is at an index. */
  int string(int from) {
    int at = exactly(from, (byte) '"');
    while (at != STOP) {
      at = plain(at);
      if (at == end) {
        return refuse(JsonFault.TRUNCATED);
      }
      byte special = in.getByte(at);
      if (special == '"') {
        return at + 1;
      }
      at = special == '\\' ? escape(at + 1) : unusual(at);
    }
    return STOP;
  }

  /** Over ASCII that needs no look, eight at a time: most strings are long and base64. */
  private int plain(int from) {
    int at = from;
    while (at + Long.BYTES <= end && isPlain(in.getLong(at))) {
      at += Long.BYTES;
    }
    while (at < end && isPlain(in.getByte(at))) {
      at++;
    }
    return at;
  }

  /** A borrow may make a plain byte look special beside a special one, never the reverse. */
  private static boolean isPlain(long word) {
    long quote = word ^ QUOTES;
    long backslash = word ^ BACKSLASHES;
    long special = (word - SPACES) | (quote - EACH) | (backslash - EACH) | word;
    return (special & HIGH) == 0;
  }

  private static boolean isPlain(byte b) {
    return b >= ' ' && b != '"' && b != '\\';
  }

  private int escape(int at) {
    if (at == end) {
      return refuse(JsonFault.TRUNCATED);
    }
    return switch (in.getByte(at)) {
      case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> at + 1;
      case 'u' -> hex(at + 1);
      default -> refuse(JsonFault.ESCAPE);
    };
  }

  private int hex(int from) {
    for (int at = from; at < from + 4; at++) {
      if (at == end) {
        return refuse(JsonFault.TRUNCATED);
      }
      if (Character.digit(in.getByte(at), 16) < 0) {
        return refuse(JsonFault.ESCAPE);
      }
    }
    return from + 4;
  }

  private int unusual(int at) {
    int lead = in.getUnsignedByte(at);
    if (lead < ' ') {
      return refuse(JsonFault.CONTROL_CHARACTER);
    }
    int more = Utf8.continuations(lead);
    if (more == 0) {
      return refuse(JsonFault.UTF8);
    }
    for (int i = 1; i <= more; i++) {
      if (at + i == end) {
        return refuse(JsonFault.TRUNCATED);
      }
      int next = in.getUnsignedByte(at + i);
      if (i == 1 ? !Utf8.maySecond(lead, next) : !Utf8.isContinuation(next)) {
        return refuse(JsonFault.UTF8);
      }
    }
    return at + more + 1;
  }
}
