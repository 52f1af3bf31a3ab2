package dev.gatehouse.net.syscall;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import dev.gatehouse.kernel.address.AddressFamily;
import dev.gatehouse.kernel.address.Endpoint;
import dev.gatehouse.kernel.address.IpAddress;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Memory for several messages that one call receives or sends: headers that point to addresses and
 * to buffers, include/linux/socket.h.
 */
final class MessageBatch {

  // struct mmsghdr: a msghdr of 56 bytes (address and its length, pieces and their number, control
  // data and its length, flags), and the length of the message
  private static final int HEADER = 64;
  private static final int NAME_LENGTH = 8;
  private static final int PIECES = 16;
  private static final int PIECE_COUNT = 24;
  private static final int FLAGS = 48;
  private static final int MESSAGE_LENGTH = 56;

  // struct iovec: where a piece is and how long it is
  private static final int PIECE = 16;
  private static final int PIECE_LENGTH = 8;

  private static final int ADDRESS_STRIDE = 32;

  private final int messageBytes;
  private final MemorySegment headers;
  private final MemorySegment pieces;
  private final MemorySegment addresses;
  private final MemorySegment buffers;

  MessageBatch(Arena arena, int messages, int messageBytes) {
    this.messageBytes = messageBytes;
    headers = arena.allocate((long) messages * HEADER, Long.BYTES);
    pieces = arena.allocate((long) messages * PIECE, Long.BYTES);
    addresses = arena.allocate((long) messages * ADDRESS_STRIDE, Long.BYTES);
    buffers = arena.allocate((long) messages * messageBytes, Long.BYTES);
    for (int i = 0; i < messages; i++) {
      addressedTo(i, addresses.asSlice(addressAt(i)));
      headers.set(ADDRESS, header(i) + PIECES, pieces.asSlice((long) i * PIECE));
      headers.set(JAVA_LONG, header(i) + PIECE_COUNT, 1);
      pieces.set(ADDRESS, (long) i * PIECE, buffers.asSlice((long) i * messageBytes));
      length(i, messageBytes);
    }
  }

  MemorySegment headers() {
    return headers;
  }

  /** The headers from one on. */
  MemorySegment headers(int from) {
    return headers.asSlice(header(from));
  }

  MemorySegment addresses() {
    return addresses;
  }

  long addressAt(int message) {
    return (long) message * ADDRESS_STRIDE;
  }

  ByteBuffer buffer(int message) {
    return buffers.asSlice((long) message * messageBytes, messageBytes).asByteBuffer();
  }

  /** How long the message at a position is to be, or may become. */
  void length(int message, int bytes) {
    pieces.set(JAVA_LONG, (long) message * PIECE + PIECE_LENGTH, bytes);
  }

  /** Where the address is of the message at a position. */
  void addressedTo(int message, MemorySegment address) {
    headers.set(ADDRESS, header(message), address);
  }

  void addressLength(int message, int bytes) {
    headers.set(JAVA_INT, header(message) + NAME_LENGTH, bytes);
  }

  /** How long a message is that was received. */
  int received(int message) {
    return headers.get(JAVA_INT, header(message) + MESSAGE_LENGTH);
  }

  int flags(int message) {
    return headers.get(JAVA_INT, header(message) + FLAGS);
  }

  private static long header(int message) {
    return (long) message * HEADER;
  }

  /** The addresses of sockets as the kernel has them, include/uapi/linux/in.h and in6.h. */
  static final class Address {

    static final short AF_INET = 2;
    static final short AF_INET6 = 10;

    /** Room for an address of either family. */
    static final int MAX_BYTES = 28;

    // struct sockaddr_in: family, port, address; struct sockaddr_in6: family, port, flow, address
    private static final int IPV4_BYTES = 16;
    private static final int PORT = 2;
    private static final int IPV4_ADDRESS = 4;
    private static final int IPV6_ADDRESS = 8;

    private static final ValueLayout.OfShort NETWORK_SHORT =
        ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfInt NETWORK_INT =
        ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfLong NETWORK_LONG =
        ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

    private Address() {}

    static int family(AddressFamily family) {
      return switch (family) {
        case IPV4 -> AF_INET;
        case IPV6 -> AF_INET6;
      };
    }

    static int bytes(AddressFamily family) {
      return switch (family) {
        case IPV4 -> IPV4_BYTES;
        case IPV6 -> MAX_BYTES;
      };
    }

    static void write(
        MemorySegment to, long at, AddressFamily family, long high, long low, int port) {
      to.set(JAVA_SHORT, at, (short) family(family));
      to.set(NETWORK_SHORT, at + PORT, (short) port);
      switch (family) {
        case IPV4 -> to.set(NETWORK_INT, at + IPV4_ADDRESS, (int) low);
        case IPV6 -> {
          to.set(NETWORK_LONG, at + IPV6_ADDRESS, high);
          to.set(NETWORK_LONG, at + IPV6_ADDRESS + Long.BYTES, low);
        }
      }
    }

    static Endpoint read(MemorySegment from, long at, AddressFamily family) {
      return new Endpoint(
          new IpAddress(family, high(from, at, family), low(from, at, family)), port(from, at));
    }

    static int port(MemorySegment from, long at) {
      return Short.toUnsignedInt(from.get(NETWORK_SHORT, at + PORT));
    }

    /** The upper half of an address, as an {@link IpAddress} has it. */
    static long high(MemorySegment from, long at, AddressFamily family) {
      return switch (family) {
        case IPV4 -> 0;
        case IPV6 -> from.get(NETWORK_LONG, at + IPV6_ADDRESS);
      };
    }

    /** The lower half of an address, as an {@link IpAddress} has it. */
    static long low(MemorySegment from, long at, AddressFamily family) {
      return switch (family) {
        case IPV4 -> Integer.toUnsignedLong(from.get(NETWORK_INT, at + IPV4_ADDRESS));
        case IPV6 -> from.get(NETWORK_LONG, at + IPV6_ADDRESS + Long.BYTES);
      };
    }
  }
}
