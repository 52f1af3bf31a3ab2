package dev.gatehouse.wire.websocket;

import org.jspecify.annotations.Nullable;

/** What a frame is for (RFC 6455, section 5.2). */
public enum Opcode {
  CONTINUATION(0),
  TEXT(1),
  BINARY(2),
  CLOSE(8),
  PING(9),
  PONG(10);

  private static final int COUNT = 16;
  private static final int FIRST_CONTROL = 8;

  // asked for each frame, so by its number
  private static final @Nullable Opcode[] BY_CODE = byCode();

  private final int code;

  Opcode(int code) {
    this.code = code;
  }

  private static @Nullable Opcode[] byCode() {
    @Nullable Opcode[] all = new Opcode[COUNT];
    for (Opcode each : values()) {
      all[each.code] = each;
    }
    return all;
  }

  /** That of a number from 0 to 15; null if the number is reserved. */
  static @Nullable Opcode of(int code) {
    return BY_CODE[code];
  }

  /** Its number. */
  public int code() {
    return code;
  }

  /** Whether it says something of the connection and carries no part of a message. */
  public boolean isControl() {
    return code >= FIRST_CONTROL;
  }
}
