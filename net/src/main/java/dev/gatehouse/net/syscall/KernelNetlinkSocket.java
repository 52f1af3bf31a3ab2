package dev.gatehouse.net.syscall;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** The netlink socket of Linux, include/uapi/linux/netlink.h. */
final class KernelNetlinkSocket implements NetlinkSocket {

  private static final short AF_NETLINK = 16;
  private static final int SOCK_RAW = 3;
  private static final int SOCK_CLOEXEC = 0x8_0000;
  private static final int SO_RCVTIMEO = 20;
  private static final int MSG_TRUNC = 0x20;
  private static final int CLOSED = -1;

  // struct sockaddr_nl: family, padding, port, groups
  private static final int ADDRESS_BYTES = 12;
  private static final int ADDRESS_PORT = 4;

  private final int protocol;
  private final MemorySegment callState;
  private final MemorySegment timeout;
  private final MemorySegment kernel;
  private final MemorySegment from;
  private final MemorySegment fromLength;
  private final MemorySegment request;
  private final MemorySegment received;
  private int fd = CLOSED;

  KernelNetlinkSocket(int protocol, int requestBytes, int receiveBytes, Duration receiveTimeout) {
    this.protocol = protocol;
    Arena arena = Arena.ofAuto();
    callState = Libc.newCallState(arena);
    timeout = arena.allocate(2 * JAVA_LONG.byteSize(), JAVA_LONG.byteAlignment());
    timeout.setAtIndex(JAVA_LONG, 0, receiveTimeout.toSeconds());
    timeout.setAtIndex(JAVA_LONG, 1, TimeUnit.NANOSECONDS.toMicros(receiveTimeout.toNanosPart()));
    kernel = arena.allocate(ADDRESS_BYTES, JAVA_INT.byteAlignment());
    kernel.set(JAVA_SHORT, 0, AF_NETLINK);
    from = arena.allocate(ADDRESS_BYTES, JAVA_INT.byteAlignment());
    fromLength = arena.allocate(JAVA_INT);
    request = arena.allocate(requestBytes, JAVA_LONG.byteAlignment());
    received = arena.allocate(receiveBytes, JAVA_LONG.byteAlignment());
  }

  @Override
  public MemorySegment request() {
    return request;
  }

  @Override
  public MemorySegment received() {
    return received;
  }

  @Override
  public int open() {
    close();
    fd = SocketCalls.socket(callState, AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, protocol);
    return fd < 0 ? fd : SocketCalls.setOption(callState, fd, SO_RCVTIMEO, timeout);
  }

  @Override
  public int send() {
    int result = SocketCalls.send(callState, fd, request, kernel);
    while (result == -Errno.EINTR) {
      result = SocketCalls.send(callState, fd, request, kernel);
    }
    return result;
  }

  @Override
  public int receive() {
    int result = receiveOnce();
    while (result == -Errno.EINTR) {
      result = receiveOnce();
    }
    return result;
  }

  private int receiveOnce() {
    fromLength.set(JAVA_INT, 0, ADDRESS_BYTES);
    return SocketCalls.receive(callState, fd, received, MSG_TRUNC, from, fromLength);
  }

  @Override
  public int sender() {
    return from.get(JAVA_INT, ADDRESS_PORT);
  }

  @Override
  public void close() {
    if (fd >= 0) {
      FileCalls.close(callState, fd);
    }
    fd = CLOSED;
  }
}
