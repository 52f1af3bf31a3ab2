package dev.gatehouse.net.sockets.diag;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import dev.gatehouse.kernel.address.AddressFamily;
import dev.gatehouse.kernel.address.IpAddress;
import dev.gatehouse.net.sockets.Protocol;
import dev.gatehouse.net.sockets.SocketRow;
import dev.gatehouse.net.sockets.SocketState;
import dev.gatehouse.net.sockets.SocketView;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * One {@code inet_diag_msg} where it lies in the buffer. Counting needs a few fields of many rows,
 * so each is read when asked for, and attributes only for a copy.
 */
final class DiagRow implements SocketView {

  /** The part of a row that is always there. */
  static final int BYTES = 72;

  private static final ValueLayout.OfShort PORT =
      JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
  private static final ValueLayout.OfInt IPV4 = JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
  private static final ValueLayout.OfLong IPV6 =
      JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

  private static final int STATE = 1;
  private static final int LOCAL_PORT = 4;
  private static final int REMOTE_PORT = 6;
  private static final int LOCAL_ADDRESS = 8;
  private static final int REMOTE_ADDRESS = 24;
  private static final int INTERFACE = 40;
  private static final int COOKIE_LOW = 44;
  private static final int COOKIE_HIGH = 48;
  private static final int RECEIVE_QUEUE = 56;
  private static final int SEND_QUEUE = 60;
  private static final int UID = 64;
  private static final int INODE = 68;

  private final Protocol protocol;
  private final DiagAttributes attributes = new DiagAttributes();
  private MemorySegment datagram = MemorySegment.NULL;
  private long at;
  private long end;
  private boolean ipv4;

  DiagRow(Protocol protocol) {
    this.protocol = protocol;
  }

  /** Moves to the row in a range; false if there is none that can be read. */
  boolean moveTo(MemorySegment datagram, long at, long end) {
    if (end - at < BYTES) {
      return false;
    }
    this.datagram = datagram;
    this.at = at;
    this.end = end;
    byte family = datagram.get(JAVA_BYTE, at);
    ipv4 = family == DiagRequest.AF_INET;
    return ipv4 || family == DiagRequest.AF_INET6;
  }

  @Override
  public Protocol protocol() {
    return protocol;
  }

  @Override
  public AddressFamily family() {
    return ipv4 ? AddressFamily.IPV4 : AddressFamily.IPV6;
  }

  @Override
  public SocketState state() {
    return SocketState.ofCode(datagram.get(JAVA_BYTE, at + STATE));
  }

  @Override
  public long localHigh() {
    return high(LOCAL_ADDRESS);
  }

  @Override
  public long localLow() {
    return low(LOCAL_ADDRESS);
  }

  @Override
  public int localPort() {
    return port(LOCAL_PORT);
  }

  @Override
  public long remoteHigh() {
    return high(REMOTE_ADDRESS);
  }

  @Override
  public long remoteLow() {
    return low(REMOTE_ADDRESS);
  }

  @Override
  public int remotePort() {
    return port(REMOTE_PORT);
  }

  @Override
  public SocketRow copy() {
    attributes.read(datagram, at + BYTES, end);
    return new SocketRow(
        protocol,
        family(),
        state(),
        new IpAddress(family(), localHigh(), localLow()),
        localPort(),
        new IpAddress(family(), remoteHigh(), remoteLow()),
        remotePort(),
        datagram.get(JAVA_INT_UNALIGNED, at + INTERFACE),
        (word(COOKIE_HIGH) << Integer.SIZE) | word(COOKIE_LOW),
        word(UID),
        word(INODE),
        word(RECEIVE_QUEUE),
        word(SEND_QUEUE),
        attributes.v6Only(),
        attributes.cgroupId(),
        attributes.transparent(),
        attributes.drops(),
        attributes.receiveBuffer());
  }

  private long high(int offset) {
    return ipv4 ? 0 : datagram.get(IPV6, at + offset);
  }

  private long low(int offset) {
    return ipv4
        ? Integer.toUnsignedLong(datagram.get(IPV4, at + offset))
        : datagram.get(IPV6, at + offset + Long.BYTES);
  }

  private int port(int offset) {
    return Short.toUnsignedInt(datagram.get(PORT, at + offset));
  }

  private long word(int offset) {
    return Integer.toUnsignedLong(datagram.get(JAVA_INT_UNALIGNED, at + offset));
  }
}
