package dev.gatehouse.proxy;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;

/** ClientHellos as clients send them, RFC 8446 section 4.1.2. */
public final class Hellos {

  private static final int FIXED_BODY = 2 + 32 + 1 + 4 + 2;

  private Hellos() {}

  /** A hello of one record whose only extension is the name. */
  public static byte[] named(String name) {
    byte[] host = name.getBytes(US_ASCII);
    int extensions = 9 + host.length;
    ByteBuffer hello = head(2 + extensions);
    hello.putShort((short) extensions);
    hello.putShort((short) 0).putShort((short) (5 + host.length));
    hello.putShort((short) (3 + host.length)).put((byte) 0).putShort((short) host.length).put(host);
    return bytes(hello);
  }

  /**
   * A hello of TLS 1.3 that knows but x25519.
   *
   * @param share whether it brings a key of that; without one it is asked to come again
   */
  public static byte[] modern(String name, boolean share) {
    byte[] host = name.getBytes(US_ASCII);
    int extensions = 9 + host.length + 8 + 8 + 7 + (share ? 42 : 6);
    ByteBuffer hello = head(2 + extensions);
    hello.putShort((short) extensions);
    hello.putShort((short) 0).putShort((short) (5 + host.length));
    hello.putShort((short) (3 + host.length)).put((byte) 0).putShort((short) host.length).put(host);
    // supported_groups: x25519
    hello.putInt(0x000a_0004).putShort((short) 2).putShort((short) 0x1d);
    // signature_algorithms: ecdsa_secp256r1_sha256
    hello.putInt(0x000d_0004).putShort((short) 2).putShort((short) 0x0403);
    // supported_versions: TLS 1.3
    hello.putInt(0x002b_0003).put((byte) 2).putShort((short) 0x0304);
    if (share) {
      // key_share: the base point of x25519
      hello.putInt(0x0033_0026).putShort((short) 36).putInt(0x001d_0020);
      hello.put((byte) 9).put(new byte[31]);
    } else {
      hello.putInt(0x0033_0002).putShort((short) 0);
    }
    return bytes(hello);
  }

  /** A hello without extensions. */
  public static byte[] unnamed() {
    return bytes(head(0));
  }

  private static byte[] bytes(ByteBuffer whole) {
    byte[] bytes = new byte[whole.flip().remaining()];
    whole.get(bytes);
    return bytes;
  }

  private static ByteBuffer head(int rest) {
    int body = FIXED_BODY + rest;
    ByteBuffer hello = ByteBuffer.allocate(5 + 4 + body);
    hello.put((byte) 22).putShort((short) 0x0301).putShort((short) (4 + body));
    hello.put((byte) 1).put((byte) 0).putShort((short) body);
    hello.putShort((short) 0x0303).put(new byte[32]).put((byte) 0);
    hello.putShort((short) 2).putShort((short) 0x1301).put((byte) 1).put((byte) 0);
    return hello;
  }
}
