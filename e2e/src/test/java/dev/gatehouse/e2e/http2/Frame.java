package dev.gatehouse.e2e.http2;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HexFormat;

/**
 * A frame as it is on the wire, right or wrong (RFC 9113, section 4.1).
 *
 * @param length as it is announced, which may differ from that of the payload
 * @param stream with the reserved bit
 */
@SuppressWarnings("ArrayRecordComponent") // looked at, never compared as a whole
record Frame(int length, int type, int flags, int stream, byte[] payload) {

  static final int END_STREAM = 0x1;
  static final int ACK = 0x1;
  static final int END_HEADERS = 0x4;
  static final int PADDED = 0x8;
  static final int PRIORITY = 0x20;

  private static final int MAX_QUOTED = 48;

  static Frame of(FrameType type, int flags, int stream, byte... payload) {
    return new Frame(payload.length, type.number(), flags, stream, payload);
  }

  static Frame data(int flags, int stream, byte... payload) {
    return of(FrameType.DATA, flags, stream, payload);
  }

  static Frame headers(int flags, int stream, byte... payload) {
    return of(FrameType.HEADERS, flags, stream, payload);
  }

  static Frame continuation(int flags, int stream, byte... payload) {
    return of(FrameType.CONTINUATION, flags, stream, payload);
  }

  /** A dependency with its weight, less one. */
  static Frame priority(int stream, int dependsOn, int weight) {
    return of(FrameType.PRIORITY, 0, stream, priorityFields(dependsOn, weight));
  }

  static byte[] priorityFields(int dependsOn, int weight) {
    return ByteBuffer.allocate(5).putInt(dependsOn).put((byte) weight).array();
  }

  static Frame reset(int stream, int code) {
    return of(FrameType.RST_STREAM, 0, stream, int32(code));
  }

  static Frame reset(int stream, ErrorCode code) {
    return reset(stream, code.number());
  }

  /** Settings as pairs of identifier and value. */
  static Frame settings(int... pairs) {
    ByteBuffer payload = ByteBuffer.allocate(pairs.length * 3);
    for (int i = 0; i < pairs.length; i += 2) {
      payload.putShort((short) pairs[i]).putInt(pairs[i + 1]);
    }
    return of(FrameType.SETTINGS, 0, 0, payload.array());
  }

  static Frame ping(int flags, byte... payload) {
    return of(FrameType.PING, flags, 0, payload);
  }

  static Frame goAway(int stream, int last, int code) {
    byte[] payload = ByteBuffer.allocate(8).putInt(last).putInt(code).array();
    return of(FrameType.GOAWAY, 0, stream, payload);
  }

  static Frame windowUpdate(int stream, int increment) {
    return of(FrameType.WINDOW_UPDATE, 0, stream, int32(increment));
  }

  static byte[] int32(int value) {
    return ByteBuffer.allocate(4).putInt(value).array();
  }

  /** The same, announcing another length. */
  Frame announcing(int other) {
    return new Frame(other, type, flags, stream, payload);
  }

  boolean is(FrameType other) {
    return type == other.number();
  }

  boolean has(int flag) {
    return (flags & flag) != 0;
  }

  /** The number at this place of the payload. */
  int numberAt(int index) {
    return ByteBuffer.wrap(payload).getInt(index);
  }

  byte[] bytes() {
    return ByteBuffer.allocate(9 + payload.length)
        .put((byte) (length >> 16))
        .putShort((short) length)
        .put((byte) type)
        .put((byte) flags)
        .putInt(stream)
        .put(payload)
        .array();
  }

  static Frame read(DataInputStream in) throws IOException {
    int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
    int type = in.readUnsignedByte();
    int flags = in.readUnsignedByte();
    int stream = in.readInt();
    byte[] payload = new byte[length];
    in.readFully(payload);
    return new Frame(length, type, flags, stream, payload);
  }

  @Override
  public String toString() {
    int quoted = Math.min(MAX_QUOTED, payload.length);
    String meaning =
        is(FrameType.RST_STREAM) && length == 4
            ? " " + code(0)
            : is(FrameType.GOAWAY) && length >= 8 ? " last=" + numberAt(0) + " " + code(4) : "";
    return "%s flags=%02x stream=%d length=%d%s %s%s"
        .formatted(
            FrameType.name(type),
            flags,
            stream,
            length,
            meaning,
            HexFormat.of().formatHex(payload, 0, quoted),
            quoted < payload.length ? "..." : "");
  }

  private String code(int index) {
    int number = numberAt(index);
    return number >= 0 && number <= ErrorCode.HTTP_1_1_REQUIRED.number()
        ? ErrorCode.of(number).name()
        : "code " + number;
  }
}
