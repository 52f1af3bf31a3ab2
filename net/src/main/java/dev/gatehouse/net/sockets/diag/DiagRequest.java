package dev.gatehouse.net.sockets.diag;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import dev.gatehouse.kernel.address.AddressFamily;
import dev.gatehouse.net.sockets.Protocol;
import dev.gatehouse.net.sockets.SocketQuery;
import java.lang.foreign.MemorySegment;

/** Writes the request for one dump: {@code nlmsghdr} and {@code inet_diag_req_v2}. */
final class DiagRequest {

  static final int BYTES = 72;

  static final int SOCK_DIAG_BY_FAMILY = 20;
  static final byte AF_INET = 2;
  static final byte AF_INET6 = 10;

  private static final short REQUEST_AND_DUMP = 0x301;
  private static final byte IPPROTO_TCP = 6;
  private static final byte IPPROTO_UDP = 17;
  // the bit of attribute INET_DIAG_SKMEMINFO, in which the kernel counts drops
  private static final byte WITH_MEMORY = 1 << (DiagAttributes.SKMEMINFO - 1);

  // a bit for each state. Never LISTEN with others in one mask: for any other state the kernel
  // walks its whole connection table, for LISTEN alone only the table of listeners
  private static final int LISTEN = 1 << 10;
  private static final int CLOSE = 1 << 7;
  private static final int ALL_BUT_LISTEN = 0xbfe;

  private DiagRequest() {}

  static void write(MemorySegment request, SocketQuery query, int sequence) {
    request.fill((byte) 0);
    request.set(JAVA_INT_UNALIGNED, 0, BYTES);
    request.set(JAVA_SHORT_UNALIGNED, 4, (short) SOCK_DIAG_BY_FAMILY);
    request.set(JAVA_SHORT_UNALIGNED, 6, REQUEST_AND_DUMP);
    request.set(JAVA_INT_UNALIGNED, 8, sequence);
    boolean udp = query.protocol() == Protocol.UDP;
    request.set(JAVA_BYTE, 16, query.family() == AddressFamily.IPV4 ? AF_INET : AF_INET6);
    request.set(JAVA_BYTE, 17, udp ? IPPROTO_UDP : IPPROTO_TCP);
    request.set(JAVA_BYTE, 18, udp ? WITH_MEMORY : 0);
    request.set(JAVA_INT_UNALIGNED, 20, states(query));
  }

  private static int states(SocketQuery query) {
    return switch (query) {
      case TCP4_LISTENERS, TCP6_LISTENERS -> LISTEN;
      case UDP4_LISTENERS, UDP6_LISTENERS -> CLOSE;
      case TCP4_CONNECTIONS, TCP6_CONNECTIONS -> ALL_BUT_LISTEN;
    };
  }
}
