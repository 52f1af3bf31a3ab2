package dev.gatehouse.proxy.l7.http2;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Frames of HTTP/2 as bytes (RFC 9113 section 4.1), sound or not. */
final class Frames {

  static final int DATA = 0;
  static final int HEADERS = 1;
  static final int PRIORITY = 2;
  static final int RST_STREAM = 3;
  static final int SETTINGS = 4;
  static final int PING = 6;
  static final int GOAWAY = 7;
  static final int WINDOW_UPDATE = 8;
  static final int CONTINUATION = 9;

  static final int END_STREAM = 1;
  static final int ACK = 1;
  static final int END_HEADERS = 4;

  static final byte[] PREFACE =
      "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  /** What every client begins with. */
  static Frames begun() {
    return new Frames().raw(PREFACE);
  }

  Frames raw(byte[] more) {
    bytes.writeBytes(more);
    return this;
  }

  Frames frame(int type, int flags, int stream, byte... payload) {
    bytes.write(payload.length >> 16);
    bytes.write(payload.length >> 8);
    bytes.write(payload.length);
    bytes.write(type);
    bytes.write(flags);
    return raw(number(stream)).raw(payload);
  }

  /** One of zeros. */
  Frames empty(int type, int flags, int stream, int length) {
    return frame(type, flags, stream, new byte[length]);
  }

  Frames ping() {
    return empty(PING, 0, 0, 8);
  }

  Frames reset(int stream, int error) {
    return frame(RST_STREAM, 0, stream, number(error));
  }

  Frames window(int stream, int more) {
    return frame(WINDOW_UPDATE, 0, stream, number(more));
  }

  static byte[] number(int value) {
    return new byte[] {
      (byte) (value >> 24), (byte) (value >> 16), (byte) (value >> 8), (byte) value
    };
  }

  byte[] toBytes() {
    return bytes.toByteArray();
  }

  /** The bytes of a part, in a buffer whose leak is seen. */
  ByteBuf buffer(int from, int to) {
    byte[] part = Arrays.copyOfRange(toBytes(), from, to);
    return ByteBufAllocator.DEFAULT.buffer(part.length).writeBytes(part);
  }

  int length() {
    return bytes.size();
  }
}
