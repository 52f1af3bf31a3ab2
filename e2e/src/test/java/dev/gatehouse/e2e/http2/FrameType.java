package dev.gatehouse.e2e.http2;

import java.util.Arrays;

/** The kinds of frames of RFC 9113, section 6, by their numbers. */
enum FrameType {
  DATA(0x0),
  HEADERS(0x1),
  PRIORITY(0x2),
  RST_STREAM(0x3),
  SETTINGS(0x4),
  PUSH_PROMISE(0x5),
  PING(0x6),
  GOAWAY(0x7),
  WINDOW_UPDATE(0x8),
  CONTINUATION(0x9);

  private final int number;

  FrameType(int number) {
    this.number = number;
  }

  int number() {
    return number;
  }

  static String name(int number) {
    return Arrays.stream(values())
        .filter(type -> type.number == number)
        .map(FrameType::name)
        .findFirst()
        .orElse("TYPE_" + number);
  }
}
