package dev.gatehouse.net.syscall;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** Calls on sockets; each returns its result, or its error number negated. */
final class SocketCalls {

  private static final int SOL_SOCKET = 1;
  private static final int NO_FLAGS = 0;

  private static final MethodHandle SOCKET =
      Libc.link(FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT), "socket");
  private static final MethodHandle SETSOCKOPT =
      Libc.link(
          FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT),
          "setsockopt");
  private static final MethodHandle SENDTO =
      Libc.link(
          FunctionDescriptor.of(
              JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT, ADDRESS, JAVA_INT),
          "sendto");
  private static final MethodHandle RECVFROM =
      Libc.link(
          FunctionDescriptor.of(
              JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT, ADDRESS, ADDRESS),
          "recvfrom");

  private static final MethodHandle BIND =
      Libc.link(FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT), "bind");
  private static final MethodHandle GETSOCKNAME =
      Libc.link(FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, ADDRESS), "getsockname");
  private static final MethodHandle GETSOCKOPT =
      Libc.link(
          FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, ADDRESS),
          "getsockopt");
  private static final MethodHandle RECVMMSG =
      Libc.link(
          FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT, ADDRESS),
          "recvmmsg");
  private static final MethodHandle SENDMMSG =
      Libc.link(FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT), "sendmmsg");

  private SocketCalls() {}

  static int socket(MemorySegment callState, int family, int type, int protocol) {
    try {
      int result = (int) SOCKET.invokeExact(callState, family, type, protocol);
      return Libc.valueOrErrno(callState, result);
    } catch (Throwable thrown) {
      throw Libc.unexpected(thrown);
    }
  }

  /** Sets an option of the socket level. */
  static int setOption(MemorySegment callState, int fd, int option, MemorySegment value) {
    return setOption(callState, fd, SOL_SOCKET, option, value);
  }

  static int send(MemorySegment callState, int fd, MemorySegment message, MemorySegment to) {
    return send(callState, fd, message, NO_FLAGS, to);
  }

  static int send(
      MemorySegment callState, int fd, MemorySegment message, int flags, MemorySegment to) {
    try {
      int length = (int) to.byteSize();
      long result =
          (long) SENDTO.invokeExact(callState, fd, message, message.byteSize(), flags, to, length);
      return Libc.valueOrErrno(callState, result);
    } catch (Throwable thrown) {
      throw Libc.unexpected(thrown);
    }
  }

  /**
   * Waits for one message.
   *
   * @param fromLength room in {@code from} before the call, what was needed after it
   */
  static int receive(
      MemorySegment callState,
      int fd,
      MemorySegment buffer,
      int flags,
      MemorySegment from,
      MemorySegment fromLength) {
    try {
      long size = buffer.byteSize();
      long result =
          (long) RECVFROM.invokeExact(callState, fd, buffer, size, flags, from, fromLength);
      return Libc.valueOrErrno(callState, result);
    } catch (Throwable thrown) {
      throw Libc.unexpected(thrown);
    }
  }

  static int bind(MemorySegment callState, int fd, MemorySegment address) {
    try {
      int length = (int) address.byteSize();
      return Libc.valueOrErrno(callState, (int) BIND.invokeExact(callState, fd, address, length));
    } catch (Throwable thrown) {
      throw Libc.unexpected(thrown);
    }
  }

  static int localAddress(
      MemorySegment callState, int fd, MemorySegment address, MemorySegment length) {
    try {
      int result = (int) GETSOCKNAME.invokeExact(callState, fd, address, length);
      return Libc.valueOrErrno(callState, result);
    } catch (Throwable thrown) {
      throw Libc.unexpected(thrown);
    }
  }

  static int setOption(
      MemorySegment callState, int fd, int level, int option, MemorySegment value) {
    try {
      int length = (int) value.byteSize();
      int result = (int) SETSOCKOPT.invokeExact(callState, fd, level, option, value, length);
      return Libc.valueOrErrno(callState, result);
    } catch (Throwable thrown) {
      throw Libc.unexpected(thrown);
    }
  }

  /**
   * @param length room in {@code value} before the call, what was used after it
   */
  static int option(
      MemorySegment callState,
      int fd,
      int level,
      int option,
      MemorySegment value,
      MemorySegment length) {
    try {
      int result = (int) GETSOCKOPT.invokeExact(callState, fd, level, option, value, length);
      return Libc.valueOrErrno(callState, result);
    } catch (Throwable thrown) {
      throw Libc.unexpected(thrown);
    }
  }

  /** Receives up to {@code count} messages, of which the socket's timeout waits for the first. */
  static int receiveBatch(
      MemorySegment callState, int fd, MemorySegment headers, int count, int flags) {
    try {
      int result =
          (int) RECVMMSG.invokeExact(callState, fd, headers, count, flags, MemorySegment.NULL);
      return Libc.valueOrErrno(callState, result);
    } catch (Throwable thrown) {
      throw Libc.unexpected(thrown);
    }
  }

  /** Sends messages up to the first that fails; the number of those before it. */
  static int sendBatch(
      MemorySegment callState, int fd, MemorySegment headers, int count, int flags) {
    try {
      int result = (int) SENDMMSG.invokeExact(callState, fd, headers, count, flags);
      return Libc.valueOrErrno(callState, result);
    } catch (Throwable thrown) {
      throw Libc.unexpected(thrown);
    }
  }
}
