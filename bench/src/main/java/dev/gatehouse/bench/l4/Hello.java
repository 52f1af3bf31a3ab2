package dev.gatehouse.bench.l4;

import java.nio.ByteBuffer;
import java.util.HexFormat;

/**
 * A ClientHello for {@code git.example.org} that tells the backend what to do. The wish lies in the
 * random bytes, so that proxies see a plain hello with nothing behind it.
 */
record Hello(Wish wish, long bytes) {

  /** What the backend does once it has read the hello. */
  enum Wish {
    /** Send so many bytes. */
    SEND('s'),
    /** Take so many bytes, then answer with one. */
    TAKE('t'),
    /** Answer each message of so many bytes with as many. */
    ECHO('e');

    private final byte code;

    Wish(char code) {
      this.code = (byte) code;
    }

    static Wish of(byte code) {
      for (Wish wish : values()) {
        if (wish.code == code) {
          return wish;
        }
      }
      throw new IllegalArgumentException(
          "wish: " + code + " (expected: that of a hello made here)");
    }
  }

  static final int LENGTH = 133;

  /** Behind the headers of record and handshake, and the version. */
  private static final int RANDOM = 11;

  private static final byte[] BYTES =
      HexFormat.of()
          .parseHex(
              "16030100800100007c0303"
                  + "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"
                  + "0000041301c02b0100004f00000014001200000f6769742e6578616d706c652e6f7267"
                  + "000a00060004001d0017000d000800060403080404010010000e000c02683208687474702f312e31"
                  + "002b00050403040303003300020000");

  static Hello decode(ByteBuffer hello) {
    return new Hello(Wish.of(hello.get(RANDOM)), hello.getLong(RANDOM + 1));
  }

  ByteBuffer encode() {
    return ByteBuffer.wrap(BYTES.clone()).put(RANDOM, wish.code).putLong(RANDOM + 1, bytes);
  }
}
