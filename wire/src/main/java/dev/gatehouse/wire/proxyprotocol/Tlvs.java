package dev.gatehouse.wire.proxyprotocol;

import dev.gatehouse.wire.Bytes;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.zip.CRC32C;

/** The type-length-values behind the addresses of a version 2 header, sections 2.2 to 2.2.7. */
sealed interface Tlvs {

  /** All of them, without paddings and checksum. */
  record Read(List<Tlv> tlvs) implements Tlvs {}

  /** They cannot be read, or the checksum among them is wrong. */
  record Broken(ProxyHeaderFault fault) implements Tlvs {}

  /** Type and length. */
  int HEAD_LENGTH = 3;

  int CRC_LENGTH = 4;

  /** The client's flags and the verification result, before the values inside (section 2.2.6). */
  int SSL_FIXED_LENGTH = 5;

  /**
   * Reads from {@code offset} to the end of a whole header. A type of which there may be one and is
   * a second is refused: with two of them, which one counts is the sender's secret. The form of all
   * comes before the checksum over them.
   */
  static Tlvs read(ByteBuf header, int offset) {
    List<Tlv> tlvs = new ArrayList<>();
    BitSet seen = new BitSet();
    int checksum = -1;
    int at = offset;
    while (at < header.readableBytes()) {
      int length = lengthAt(header, at);
      if (length < 0) {
        return new Broken(ProxyHeaderFault.TLV);
      }
      int type = header.getUnsignedByte(at);
      if (isRepeated(type, seen) || !isWellFormed(header, type, at + HEAD_LENGTH, length)) {
        return new Broken(ProxyHeaderFault.TLV);
      }
      if (type == Tlv.CRC32C) {
        checksum = at + HEAD_LENGTH;
      } else if (type != Tlv.NOOP) {
        tlvs.add(new Tlv(type, bytes(header, at + HEAD_LENGTH, length)));
      }
      at += HEAD_LENGTH + length;
    }
    return checksum < 0 || isChecksumRight(header, checksum)
        ? new Read(tlvs)
        : new Broken(ProxyHeaderFault.CRC);
  }

  /** The length of the value at an offset, or −1 if head or value lies beyond the header. */
  private static int lengthAt(ByteBuf header, int at) {
    if (header.readableBytes() - at < HEAD_LENGTH) {
      return -1;
    }
    int length = header.getUnsignedShort(at + 1);
    return header.readableBytes() - at - HEAD_LENGTH < length ? -1 : length;
  }

  private static boolean isRepeated(int type, BitSet seen) {
    boolean single =
        switch (type) {
          case Tlv.AUTHORITY, Tlv.CRC32C, Tlv.UNIQUE_ID, Tlv.SSL -> true;
          default -> false;
        };
    boolean repeated = single && seen.get(type);
    seen.set(type);
    return repeated;
  }

  private static boolean isWellFormed(ByteBuf header, int type, int at, int length) {
    return switch (type) {
      case Tlv.CRC32C -> length == CRC_LENGTH;
      case Tlv.UNIQUE_ID -> length <= Tlv.MAX_UNIQUE_ID_LENGTH;
      case Tlv.SSL -> length >= SSL_FIXED_LENGTH && hasWholeValues(header, at, length);
      default -> true;
    };
  }

  private static boolean hasWholeValues(ByteBuf header, int at, int length) {
    ByteBuf inner = header.slice(at, length);
    int inside = SSL_FIXED_LENGTH;
    while (inside < length) {
      int value = lengthAt(inner, inside);
      if (value < 0) {
        return false;
      }
      inside += HEAD_LENGTH + value;
    }
    return true;
  }

  /** CRC32C of the header with the checksum's own bytes as zero (section 2.2.3). */
  private static boolean isChecksumRight(ByteBuf header, int at) {
    CRC32C crc = new CRC32C();
    crc.update(header.nioBuffer(0, at));
    crc.update(new byte[CRC_LENGTH]);
    int rest = at + CRC_LENGTH;
    crc.update(header.nioBuffer(rest, header.readableBytes() - rest));
    return (int) crc.getValue() == header.getInt(at);
  }

  private static Bytes bytes(ByteBuf header, int at, int length) {
    byte[] bytes = new byte[length];
    header.getBytes(at, bytes);
    return Bytes.of(bytes);
  }
}
