package dev.gatehouse.net.syscall;

import java.lang.foreign.MemorySegment;
import java.time.Duration;

/**
 * A socket on which the kernel answers requests (RFC 3549), opened and closed again and again with
 * the same two buffers. One thread at a time.
 */
public interface NetlinkSocket extends AutoCloseable {

  /** {@code NETLINK_SOCK_DIAG}, the kernel's tables of sockets. */
  int SOCK_DIAG = 4;

  /**
   * A closed socket. Its buffers are freed once it is unreachable.
   *
   * @throws UnsupportedOperationException if {@link NativeAccess} is refused
   */
  static NetlinkSocket create(
      int protocol, int requestBytes, int receiveBytes, Duration receiveTimeout) {
    NativeAccess.require();
    return new KernelNetlinkSocket(protocol, requestBytes, receiveBytes, receiveTimeout);
  }

  /** What {@link #send} sends, whole. */
  MemorySegment request();

  /** Where {@link #receive} leaves a datagram. */
  MemorySegment received();

  /** Opens the socket; 0, or a negative error number. */
  int open();

  /** Sends the request to the kernel; a negative error number if that fails. */
  int send();

  /**
   * Waits for one datagram, for no longer than the timeout.
   *
   * @return its length, beyond the size of the buffer if it was cut; or a negative error number
   */
  int receive();

  /** The port of the sender of the last datagram: 0 is the kernel. */
  int sender();

  /** Closes the socket, if it is open. */
  @Override
  void close();
}
