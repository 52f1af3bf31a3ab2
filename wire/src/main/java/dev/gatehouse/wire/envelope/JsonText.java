package dev.gatehouse.wire.envelope;

import io.netty.buffer.ByteBuf;

/** Finds the one JSON value of a message, of whatever kind, without the white space around it. */
public final class JsonText {

  private final JsonScanner scanner = new JsonScanner();
  private int from;
  private int to;

  /** Whether the readable bytes are one value; its indices stay those of the message. */
  public boolean read(ByteBuf message) {
    scanner.open(message);
    from = scanner.blank(message.readerIndex());
    to = scanner.value(from, 0);
    boolean one = to != JsonScanner.STOP && isLast(to);
    scanner.close();
    return one;
  }

  private boolean isLast(int behind) {
    boolean last = scanner.isAtEnd(scanner.blank(behind));
    if (!last) {
      int _ = scanner.refuse(JsonFault.SYNTAX);
    }
    return last;
  }

  /** Where the value begins. */
  public int from() {
    return from;
  }

  /** The index behind the value. */
  public int to() {
    return to;
  }

  /** Why the last message was not one value. */
  public JsonFault fault() {
    return scanner.fault();
  }
}
