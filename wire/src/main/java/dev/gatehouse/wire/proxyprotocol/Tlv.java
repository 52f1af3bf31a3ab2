package dev.gatehouse.wire.proxyprotocol;

import dev.gatehouse.wire.Bytes;

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

  /** The longest {@link #UNIQUE_ID} (section 2.2.5). */
  static final int MAX_UNIQUE_ID_LENGTH = 128;

  public Tlv {
    if (type < 0 || type > 0xff) {
      throw new IllegalArgumentException("type: " + type + " (expected: 0-255)");
    }
  }
}
