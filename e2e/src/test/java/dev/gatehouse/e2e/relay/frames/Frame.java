package dev.gatehouse.e2e.relay.frames;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HexFormat;

/**
 * A frame as it is on the wire, right or wrong (RFC 6455, section 5.2).
 *
 * @param reserved the three bits behind the first
 * @param length as it is announced, which may differ from that of the payload
 */
@SuppressWarnings("ArrayRecordComponent") // looked at, never compared as a whole
record Frame(
    boolean last, int reserved, int opcode, boolean masked, Length length, byte[] payload) {

  private static final int FINAL = 0x80;
  private static final int MASKED = 0x80;
  private static final int SIXTEEN_BITS = 126;
  private static final int SIXTY_FOUR_BITS = 127;
  private static final int MAX_QUOTED = 40;

  /** From section 5.7. */
  private static final byte[] KEY = {0x37, (byte) 0xfa, 0x21, 0x3d};

  /**
   * How the length is written.
   *
   * @param bits 7, 16 or 64
   */
  record Length(int bits, long value) {

    static Length of(long value) {
      return new Length(shortest(value), value);
    }

    private static int shortest(long value) {
      if (value < SIXTEEN_BITS) {
        return 7;
      }
      return value <= 0xffff ? 16 : 64;
    }

    boolean isShortest() {
      return bits == shortest(value);
    }

    private void write(int mask, ByteBuffer out) {
      switch (bits) {
        case 7 -> out.put((byte) (mask | value));
        case 16 -> out.put((byte) (mask | SIXTEEN_BITS)).putShort((short) value);
        default -> out.put((byte) (mask | SIXTY_FOUR_BITS)).putLong(value);
      }
    }

    private static Length read(int first, DataInputStream in) throws IOException {
      return switch (first) {
        case SIXTEEN_BITS -> new Length(16, in.readUnsignedShort());
        case SIXTY_FOUR_BITS -> new Length(64, in.readLong());
        default -> new Length(7, first);
      };
    }
  }

  /** As a client sends it. */
  static Frame of(int opcode, byte... payload) {
    return new Frame(true, 0, opcode, true, Length.of(payload.length), payload);
  }

  static Frame text(String text) {
    return of(Opcode.TEXT, text.getBytes(UTF_8));
  }

  static Frame ping(String text) {
    return of(Opcode.PING, text.getBytes(UTF_8));
  }

  static Frame pong(String text) {
    return of(Opcode.PONG, text.getBytes(UTF_8));
  }

  static Frame more(byte... payload) {
    return of(Opcode.CONTINUATION, payload);
  }

  static Frame close(int code, byte... reason) {
    ByteBuffer payload = ByteBuffer.allocate(Short.BYTES + reason.length);
    return of(Opcode.CLOSE, payload.putShort((short) code).put(reason).array());
  }

  /** The same as a part behind which others follow. */
  Frame begun() {
    return new Frame(false, reserved, opcode, masked, length, payload);
  }

  Frame reserved(int bits) {
    return new Frame(last, bits, opcode, masked, length, payload);
  }

  Frame unmasked() {
    return new Frame(last, reserved, opcode, false, length, payload);
  }

  Frame announcing(int bits, long value) {
    return new Frame(last, reserved, opcode, masked, new Length(bits, value), payload);
  }

  String words() {
    return new String(payload, UTF_8);
  }

  /** Of a close frame; 1005 if it has none. */
  int code() {
    return payload.length < Short.BYTES
        ? 1005
        : Short.toUnsignedInt(ByteBuffer.wrap(payload).getShort());
  }

  byte[] bytes() {
    ByteBuffer out = ByteBuffer.allocate(payload.length + 14);
    out.put((byte) ((last ? FINAL : 0) | reserved << 4 | opcode));
    length.write(masked ? MASKED : 0, out);
    if (masked) {
      out.put(KEY);
    }
    for (int i = 0; i < payload.length; i++) {
      out.put((byte) (payload[i] ^ (masked ? KEY[i % KEY.length] : 0)));
    }
    byte[] bytes = new byte[out.flip().remaining()];
    out.get(bytes);
    return bytes;
  }

  /** Reads one as a server sends it; a mask is told and not taken off. */
  static Frame read(DataInputStream in) throws IOException {
    int first = in.readUnsignedByte();
    int second = in.readUnsignedByte();
    Length length = Length.read(second & ~MASKED, in);
    byte[] payload = new byte[Math.toIntExact(length.value())];
    in.readFully(payload);
    return new Frame(
        (first & FINAL) != 0,
        first >> 4 & 0x7,
        first & 0xf,
        (second & MASKED) != 0,
        length,
        payload);
  }

  @Override
  public String toString() {
    int quoted = Math.min(MAX_QUOTED, payload.length);
    return "opcode=%x%s%s length=%d %s%s"
        .formatted(
            opcode,
            last ? "" : " begun",
            reserved == 0 ? "" : " reserved=" + reserved,
            length.value(),
            HexFormat.of().formatHex(payload, 0, quoted),
            quoted < payload.length ? "..." : "");
  }
}
