package dev.gatehouse.wire.envelope;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Optional;

/**
 * Reads the envelopes of a binary, one after another, and remembers where the parts of the last one
 * lie: {@code {"conn_id":"…","frame":…,"close_code":…,"push_wake":…}}.
 *
 * <p>Keys match after unescaping, the last of several equal ones counts, {@code null} is as good as
 * absent, and unknown keys are passed over. Between {@link #read} and {@link #clear} the reader
 * refers to the message, which must live as long.
 */
public final class EnvelopeReader {

  /** The top level, of which the rest are members. */
  private static final int TOP = 1;

  private static final int MAX_CODE = 65_535;

  /** Beyond any code, and small enough to be multiplied by ten. */
  private static final int MAX_CODE_DIGITS = 5;

  private static final int NONE = -1;

  private final JsonScanner scanner = new JsonScanner();
  private ByteBuf in = Unpooled.EMPTY_BUFFER;
  private int connId;
  private int connIdEnd;
  private int frame;
  private int frameEnd;
  private int wake;
  private int wakeEnd;
  private int closeCode;

  /** Reads the readable bytes of a message, whose indices do not move. */
  public EnvelopeKind read(ByteBuf message) {
    in = message;
    connId = NONE;
    frame = NONE;
    wake = NONE;
    closeCode = 0;
    scanner.open(message);
    int behind = object(scanner.blank(message.readerIndex()));
    boolean whole = behind != JsonScanner.STOP && scanner.isAtEnd(scanner.blank(behind));
    scanner.close();
    return whole ? kind() : EnvelopeKind.MALFORMED;
  }

  /** Forgets the message. */
  public void clear() {
    in = Unpooled.EMPTY_BUFFER;
  }

  /** Whether the envelope is for the connection of that name. */
  public boolean isFor(byte[] name) {
    return connId != NONE && EscapedText.means(in, connId, connIdEnd, name);
  }

  /** For whom the envelope is. */
  public String connId() {
    return connId == NONE ? "" : EscapedText.read(in, connId, connIdEnd);
  }

  public boolean hasFrame() {
    return frame != NONE;
  }

  /** Where the frame begins in the message. */
  public int frameIndex() {
    return frame;
  }

  public int frameLength() {
    return hasFrame() ? frameEnd - frame : 0;
  }

  /** What the binary wants the phone to be closed with; 0 if it does not. */
  public int closeCode() {
    return closeCode;
  }

  /** The wake, or nothing if it is none that can be understood. */
  public Optional<PushWake> wake() {
    return wake == NONE ? Optional.empty() : PushWake.read(in.slice(wake, wakeEnd - wake));
  }

  private EnvelopeKind kind() {
    if (connId == NONE) {
      return wake == NONE ? EnvelopeKind.MISSING_CONN_ID : EnvelopeKind.WAKE;
    }
    if (closeCode != 0) {
      return EnvelopeKind.CLOSE;
    }
    return frame == NONE ? EnvelopeKind.MISSING_FRAME : EnvelopeKind.DATA;
  }

  private int object(int from) {
    if (scanner.peek(from) == 'n') {
      return scanner.value(from, 0);
    }
    int at = scanner.exactly(from, '{');
    if (at == JsonScanner.STOP || scanner.peek(scanner.blank(at)) == '}') {
      return at == JsonScanner.STOP ? at : scanner.blank(at) + 1;
    }
    do {
      at = member(scanner.blank(at));
    } while (at != JsonScanner.STOP && scanner.peek(at++) == ',');
    return at == JsonScanner.STOP ? at : scanner.exactly(at - 1, '}');
  }

  /** The index of what follows a member, white space left out. */
  private int member(int key) {
    int keyEnd = scanner.string(key);
    int colon = keyEnd == JsonScanner.STOP ? keyEnd : scanner.exactly(scanner.blank(keyEnd), ':');
    if (colon == JsonScanner.STOP) {
      return colon;
    }
    int value = scanner.blank(colon);
    int behind = scanner.value(value, TOP);
    if (behind == JsonScanner.STOP || !take(Field.of(in, key + 1, keyEnd - 1), value, behind)) {
      return JsonScanner.STOP;
    }
    return scanner.blank(behind);
  }

  private boolean take(Field field, int from, int to) {
    boolean none = in.getByte(from) == 'n';
    return switch (field) {
      case CONN_ID -> takeConnId(from, to, none);
      case CLOSE_CODE -> takeCloseCode(from, to, none);
      case FRAME -> {
        frame = none ? NONE : from;
        frameEnd = to;
        yield true;
      }
      case PUSH_WAKE -> {
        wake = none ? NONE : from;
        wakeEnd = to;
        yield true;
      }
      case UNKNOWN -> true;
    };
  }

  private boolean takeConnId(int from, int to, boolean none) {
    boolean text = in.getByte(from) == '"';
    connId = text && to - from > 2 ? from + 1 : NONE;
    connIdEnd = to - 1;
    return text || none || wrongType();
  }

  private boolean takeCloseCode(int from, int to, boolean none) {
    closeCode = none ? 0 : code(from, to);
    return closeCode <= MAX_CODE || wrongType();
  }

  /** More than {@link #MAX_CODE} for what is no code: signs, fractions and exponents included. */
  private int code(int from, int to) {
    if (to - from > MAX_CODE_DIGITS) {
      return Integer.MAX_VALUE;
    }
    int code = 0;
    for (int at = from; at < to; at++) {
      int digit = in.getByte(at) - '0';
      if (digit < 0 || digit > 9) {
        return Integer.MAX_VALUE;
      }
      code = code * 10 + digit;
    }
    return code;
  }

  private boolean wrongType() {
    int _ = scanner.refuse(JsonFault.TYPE);
    return false;
  }
}
