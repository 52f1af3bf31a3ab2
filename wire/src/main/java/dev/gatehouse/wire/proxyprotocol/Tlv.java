package dev.gatehouse.wire.proxyprotocol;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.gatehouse.wire.Bytes;
import java.nio.ByteBuffer;

/**
 * One type-length-value of a version 2 header (section 2.2).
 *
 * @param type unsigned 8 bits; a type that is not one of the constants is kept, not judged
 */
public record Tlv(int type, Bytes value) {

  /** {@code PP2_TYPE_ALPN}: the protocol that runs above TLS. */
  public static final int ALPN = 0x01;

  /** {@code PP2_TYPE_AUTHORITY}: the name that the client asked for, such as its SNI. */
  public static final int AUTHORITY = 0x02;

  /** {@code PP2_TYPE_CRC32C}: the checksum of the whole header. */
  public static final int CRC32C = 0x03;

  /** {@code PP2_TYPE_NOOP}: padding. */
  public static final int NOOP = 0x04;

  /** {@code PP2_TYPE_UNIQUE_ID}: the sender's own name for the connection. */
  public static final int UNIQUE_ID = 0x05;

  /** {@code PP2_TYPE_SSL}: what the sender knows of the client's TLS. */
  public static final int SSL = 0x20;

  /** {@code PP2_TYPE_NETNS}: the namespace in which the sender accepted. */
  public static final int NETNS = 0x30;

  /** {@code PP2_CLIENT_SSL}: the client came by TLS. */
  private static final byte CLIENT_SSL = 0x01;

  /** Anything but 0, since no certificate of the client was verified (section 2.2.6). */
  private static final int NOT_VERIFIED = 1;

  private static final byte SSL_VERSION = 0x21;
  private static final byte SSL_CIPHER = 0x23;

  /** The longest {@link #UNIQUE_ID} (section 2.2.5). */
  static final int MAX_UNIQUE_ID_LENGTH = 128;

  public Tlv {
    if (type < 0 || type > 0xff) {
      throw new IllegalArgumentException("type: " + type + " (expected: 0-255)");
    }
  }

  /** The {@link #SSL} of a client that came by TLS and without a certificate. */
  public static Tlv ssl(String version, String cipher) {
    byte[] first = version.getBytes(US_ASCII);
    byte[] second = cipher.getBytes(US_ASCII);
    int length = Tlvs.SSL_FIXED_LENGTH + 2 * Tlvs.HEAD_LENGTH + first.length + second.length;
    ByteBuffer value = ByteBuffer.allocate(length).put(CLIENT_SSL).putInt(NOT_VERIFIED);
    value.put(SSL_VERSION).putShort((short) first.length).put(first);
    value.put(SSL_CIPHER).putShort((short) second.length).put(second);
    return new Tlv(SSL, Bytes.of(value.array()));
  }
}
