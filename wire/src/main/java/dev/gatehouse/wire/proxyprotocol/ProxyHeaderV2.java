package dev.gatehouse.wire.proxyprotocol;

import dev.gatehouse.kernel.address.Endpoint;
import dev.gatehouse.kernel.address.IpAddress;
import dev.gatehouse.wire.Decoded;
import dev.gatehouse.wire.Decoded.Complete;
import dev.gatehouse.wire.Decoded.Incomplete;
import dev.gatehouse.wire.Decoded.Malformed;
import dev.gatehouse.wire.proxyprotocol.ProxyHeader.Direct;
import dev.gatehouse.wire.proxyprotocol.ProxyHeader.Relayed;
import io.netty.buffer.ByteBuf;

/**
 * The binary header of version 2, section 2.2.
 *
 * <p>Sixteen fixed bytes and as many as they announce: addresses first, by family, then TLVs. Each
 * fixed byte is judged as it arrives; nothing is copied before the whole header is there.
 */
final class ProxyHeaderV2 {

  static final byte[] SIGNATURE = {
    0x0d, 0x0a, 0x0d, 0x0a, 0x00, 0x0d, 0x0a, 0x51, 0x55, 0x49, 0x54, 0x0a
  };

  /** Signature, version and command, family and transport, length. */
  static final int FIXED_LENGTH = 16;

  static final int IPV4_LENGTH = 12;
  static final int IPV6_LENGTH = 36;
  static final int UNIX_LENGTH = 216;

  /**
   * The most bytes that may follow the fixed ones: the largest addresses and 4 KiB of TLVs. The
   * specification sets no limit of its own below 65,535.
   */
  static final int MAX_LENGTH = UNIX_LENGTH + 4096;

  static final int VERSION_AND_COMMAND = 12;
  static final int FAMILY_AND_TRANSPORT = 13;
  static final int LENGTH = 14;

  static final int VERSION_2 = 2;
  static final int LOCAL = 0;
  static final int PROXY = 1;

  static final int UNSPEC = 0;
  static final int INET = 1;
  static final int INET6 = 2;
  static final int UNIX = 3;

  static final int STREAM = 1;

  private ProxyHeaderV2() {}

  static Decoded<ProxyHeader> decode(ByteBuf in) {
    int known = in.readableBytes();
    if (!ProxyHeaderDecoder.agrees(in, SIGNATURE)) {
      return new Malformed<>(ProxyHeaderFault.SIGNATURE);
    }
    if (known > VERSION_AND_COMMAND && versionOf(in) != VERSION_2) {
      return new Malformed<>(ProxyHeaderFault.VERSION);
    }
    if (known > VERSION_AND_COMMAND && commandOf(in) > PROXY) {
      return new Malformed<>(ProxyHeaderFault.COMMAND);
    }
    if (known > FAMILY_AND_TRANSPORT && commandOf(in) == PROXY && familyOf(in) > UNIX) {
      return new Malformed<>(ProxyHeaderFault.FAMILY);
    }
    if (known > FAMILY_AND_TRANSPORT && !mayCarryTcp(in)) {
      return new Malformed<>(ProxyHeaderFault.TRANSPORT);
    }
    return known < FIXED_LENGTH ? new Incomplete<>() : withLength(in);
  }

  private static Decoded<ProxyHeader> withLength(ByteBuf in) {
    int length = in.getUnsignedShort(in.readerIndex() + LENGTH);
    if (length > MAX_LENGTH) {
      return new Malformed<>(ProxyHeaderFault.TOO_BIG);
    }
    if (length < addressLength(in)) {
      return new Malformed<>(ProxyHeaderFault.LENGTH);
    }
    if (in.readableBytes() < FIXED_LENGTH + length) {
      return new Incomplete<>();
    }
    int start = in.readerIndex();
    Decoded<ProxyHeader> header = whole(in.slice(start, FIXED_LENGTH + length));
    if (header instanceof Complete) {
      in.readerIndex(start + FIXED_LENGTH + length);
    }
    return header;
  }

  /** What is not TCP over IP is passed over unread: a health check may carry anything there. */
  private static Decoded<ProxyHeader> whole(ByteBuf header) {
    if (addressLength(header) == 0 || familyOf(header) == UNIX) {
      return new Complete<>(new Direct());
    }
    Tlvs tlvs = Tlvs.read(header, FIXED_LENGTH + addressLength(header));
    return switch (tlvs) {
      case Tlvs.Read read ->
          new Complete<>(new Relayed(source(header), destination(header), read.tlvs()));
      case Tlvs.Broken broken -> new Malformed<>(broken.fault());
    };
  }

  /** How many bytes of addresses count; none where the sender names no client of ours. */
  private static int addressLength(ByteBuf in) {
    if (commandOf(in) == LOCAL || transportOf(in) != STREAM) {
      return 0;
    }
    return switch (familyOf(in)) {
      case INET -> IPV4_LENGTH;
      case INET6 -> IPV6_LENGTH;
      case UNIX -> UNIX_LENGTH;
      default -> 0;
    };
  }

  private static boolean mayCarryTcp(ByteBuf in) {
    boolean judged = commandOf(in) == PROXY && familyOf(in) != UNSPEC;
    return !judged || transportOf(in) <= STREAM;
  }

  private static Endpoint source(ByteBuf header) {
    return familyOf(header) == INET ? ipv4(header, 0, 8) : ipv6(header, 0, 32);
  }

  private static Endpoint destination(ByteBuf header) {
    return familyOf(header) == INET ? ipv4(header, 4, 10) : ipv6(header, 16, 34);
  }

  private static Endpoint ipv4(ByteBuf header, int address, int port) {
    return new Endpoint(
        IpAddress.ipv4(header.getInt(FIXED_LENGTH + address)),
        header.getUnsignedShort(FIXED_LENGTH + port));
  }

  private static Endpoint ipv6(ByteBuf header, int address, int port) {
    IpAddress ip =
        IpAddress.ipv6(
            header.getLong(FIXED_LENGTH + address), header.getLong(FIXED_LENGTH + address + 8));
    return new Endpoint(ip.unmapped(), header.getUnsignedShort(FIXED_LENGTH + port));
  }

  private static int versionOf(ByteBuf in) {
    return in.getUnsignedByte(in.readerIndex() + VERSION_AND_COMMAND) >>> 4;
  }

  private static int commandOf(ByteBuf in) {
    return in.getByte(in.readerIndex() + VERSION_AND_COMMAND) & 0xf;
  }

  private static int familyOf(ByteBuf in) {
    return in.getUnsignedByte(in.readerIndex() + FAMILY_AND_TRANSPORT) >>> 4;
  }

  private static int transportOf(ByteBuf in) {
    return in.getByte(in.readerIndex() + FAMILY_AND_TRANSPORT) & 0xf;
  }
}
