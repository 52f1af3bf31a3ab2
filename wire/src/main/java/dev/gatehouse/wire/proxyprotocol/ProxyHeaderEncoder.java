package dev.gatehouse.wire.proxyprotocol;

import dev.gatehouse.kernel.address.AddressFamily;
import dev.gatehouse.kernel.address.Endpoint;
import dev.gatehouse.kernel.address.IpAddress;
import io.netty.buffer.ByteBuf;
import java.util.List;
import java.util.zip.CRC32C;

/** Writes version 2 headers, section 2.2. */
public final class ProxyHeaderEncoder {

  /** What every receiver must be able to take (section 2, the MTU argument). */
  static final int MAX_LENGTH = 536;

  private ProxyHeaderEncoder() {}

  /** {@code LOCAL}: the sender speaks for itself, as in a health check. */
  public static void writeLocal(ByteBuf out) {
    out.writeBytes(ProxyHeaderV2.SIGNATURE);
    out.writeByte(ProxyHeaderV2.VERSION_2 << 4 | ProxyHeaderV2.LOCAL);
    out.writeByte(0);
    out.writeShort(0);
  }

  /**
   * {@code PROXY}: a TCP connection that {@code source} made to {@code destination}; IPv4 if both
   * are, else IPv6 with the IPv4 one mapped.
   *
   * @param tlvs in this order; none of them a checksum
   * @param checksum whether to append one
   * @throws IllegalArgumentException if the header would be longer than 536 bytes
   */
  public static void write(
      ByteBuf out, Endpoint source, Endpoint destination, List<Tlv> tlvs, boolean checksum) {
    IpAddress from = source.address().unmapped();
    IpAddress to = destination.address().unmapped();
    boolean ipv4 = from.family() == AddressFamily.IPV4 && to.family() == AddressFamily.IPV4;
    int addresses = ipv4 ? ProxyHeaderV2.IPV4_LENGTH : ProxyHeaderV2.IPV6_LENGTH;
    int length = addresses + length(tlvs, checksum);
    if (ProxyHeaderV2.FIXED_LENGTH + length > MAX_LENGTH) {
      throw new IllegalArgumentException("header: " + length + " bytes (expected: at most 520)");
    }
    int start = out.writerIndex();
    out.writeBytes(ProxyHeaderV2.SIGNATURE);
    out.writeByte(ProxyHeaderV2.VERSION_2 << 4 | ProxyHeaderV2.PROXY);
    out.writeByte((ipv4 ? ProxyHeaderV2.INET : ProxyHeaderV2.INET6) << 4 | ProxyHeaderV2.STREAM);
    out.writeShort(length);
    writeAddress(out, from, ipv4);
    writeAddress(out, to, ipv4);
    out.writeShort(source.port());
    out.writeShort(destination.port());
    tlvs.forEach(tlv -> writeTlv(out, tlv));
    if (checksum) {
      writeChecksum(out, start);
    }
  }

  /** Whether one more TLV fits beside others, a checksum and addresses of either family. */
  public static boolean hasRoomFor(List<Tlv> others, Tlv more) {
    int addressed = ProxyHeaderV2.FIXED_LENGTH + ProxyHeaderV2.IPV6_LENGTH;
    return addressed + length(others, true) + length(List.of(more), false) <= MAX_LENGTH;
  }

  private static int length(List<Tlv> tlvs, boolean checksum) {
    int length = checksum ? Tlvs.HEAD_LENGTH + Tlvs.CRC_LENGTH : 0;
    for (Tlv tlv : tlvs) {
      length += Tlvs.HEAD_LENGTH + tlv.value().length();
    }
    return length;
  }

  private static void writeAddress(ByteBuf out, IpAddress address, boolean ipv4) {
    if (ipv4) {
      out.writeInt((int) address.low());
      return;
    }
    boolean mapped = address.family() == AddressFamily.IPV4;
    out.writeLong(address.high());
    out.writeLong(mapped ? 0xffff_0000_0000L | address.low() : address.low());
  }

  private static void writeTlv(ByteBuf out, Tlv tlv) {
    out.writeByte(tlv.type());
    out.writeShort(tlv.value().length());
    out.writeBytes(tlv.value().toArray());
  }

  private static void writeChecksum(ByteBuf out, int start) {
    out.writeByte(Tlv.CRC32C);
    out.writeShort(Tlvs.CRC_LENGTH);
    int at = out.writerIndex();
    out.writeInt(0);
    CRC32C crc = new CRC32C();
    crc.update(out.nioBuffer(start, out.writerIndex() - start));
    out.setInt(at, (int) crc.getValue());
  }
}
