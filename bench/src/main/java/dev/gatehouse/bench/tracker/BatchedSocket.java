package dev.gatehouse.bench.tracker;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.ByteBuffer;

/**
 * A UDP socket of a client that sends many datagrams with one call and receives many with another,
 * so that the client needs less for each than the server that it is to load.
 *
 * <p>IPv4 on Linux of 64 bits; one thread's.
 */
final class BatchedSocket implements AutoCloseable {

  /** Datagrams in one call. */
  static final int BATCH = 64;

  private static final int AF_INET = 2;
  private static final int SOCK_DGRAM = 2;
  private static final int SOL_SOCKET = 1;
  private static final int SO_RCVBUF = 8;
  private static final int MSG_DONTWAIT = 0x40;
  private static final short POLLIN = 1;

  private static final int ADDRESS_BYTES = 16;

  /**
   * A struct mmsghdr: where its iovec and the number of those lie, and the length of a datagram.
   */
  private static final int HEADER_BYTES = 64;

  private static final int IOV = 16;
  private static final int IOV_COUNT = 24;
  private static final int LENGTH = 56;
  private static final int VECTOR_BYTES = 16;
  private static final int VECTOR_LENGTH = 8;

  private static final Linker LINKER = Linker.nativeLinker();
  private static final MethodHandle SOCKET = call("socket", JAVA_INT, JAVA_INT, JAVA_INT);
  private static final MethodHandle BIND = call("bind", JAVA_INT, ADDRESS, JAVA_INT);
  private static final MethodHandle CONNECT = call("connect", JAVA_INT, ADDRESS, JAVA_INT);
  private static final MethodHandle OPTION =
      call("setsockopt", JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT);
  private static final MethodHandle SEND = call("sendmmsg", JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT);
  private static final MethodHandle RECEIVE =
      call("recvmmsg", JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT, ADDRESS);
  private static final MethodHandle POLL = call("poll", ADDRESS, JAVA_LONG, JAVA_INT);
  private static final MethodHandle CLOSE = call("close", JAVA_INT);

  private final Arena arena = Arena.ofConfined();
  private final int fd;
  private final Messages out;
  private final Messages in;
  private final MemorySegment poll = arena.allocate(8, 8);

  /** Buffers with the headers that tell the kernel of them. */
  private static final class Messages {

    private final MemorySegment headers;
    private final MemorySegment vectors;
    private final ByteBuffer[] buffers = new ByteBuffer[BATCH];

    Messages(Arena arena, int bytesEach) {
      headers = arena.allocate((long) BATCH * HEADER_BYTES, 8);
      vectors = arena.allocate((long) BATCH * VECTOR_BYTES, 8);
      MemorySegment memory = arena.allocate((long) BATCH * bytesEach, 8);
      for (int i = 0; i < BATCH; i++) {
        MemorySegment buffer = memory.asSlice((long) i * bytesEach, bytesEach);
        MemorySegment vector = vectors.asSlice((long) i * VECTOR_BYTES, VECTOR_BYTES);
        vector.set(ADDRESS, 0, buffer);
        vector.set(JAVA_LONG, VECTOR_LENGTH, bytesEach);
        headers.set(ADDRESS, (long) i * HEADER_BYTES + IOV, vector);
        headers.set(JAVA_LONG, (long) i * HEADER_BYTES + IOV_COUNT, 1);
        buffers[i] = buffer.asByteBuffer();
      }
    }

    int length(int position) {
      return headers.get(JAVA_INT, (long) position * HEADER_BYTES + LENGTH);
    }
  }

  /**
   * A socket that speaks from one address of 127/8 to another; the last bytes tell which.
   *
   * @param sentBytes of each datagram that is sent
   */
  BatchedSocket(int from, int to, int port, int receiveBuffer, int sentBytes) {
    out = new Messages(arena, sentBytes);
    in = new Messages(arena, 2048);
    fd = invoke(SOCKET, AF_INET, SOCK_DGRAM, 0);
    MemorySegment size = arena.allocateFrom(JAVA_INT, receiveBuffer);
    invoke(OPTION, fd, SOL_SOCKET, SO_RCVBUF, size, Integer.BYTES);
    invoke(BIND, fd, address(from, 0), ADDRESS_BYTES);
    invoke(CONNECT, fd, address(to, port), ADDRESS_BYTES);
    poll.set(JAVA_INT, 0, fd);
    poll.set(JAVA_SHORT, 4, POLLIN);
  }

  private MemorySegment address(int host, int port) {
    MemorySegment address = arena.allocate(ADDRESS_BYTES, 8);
    ByteBuffer bytes = address.asByteBuffer();
    bytes.put((byte) AF_INET).put((byte) 0).putShort((short) port).putInt(127 << 24 | host);
    return address;
  }

  /** What will be sent as one of a batch. */
  ByteBuffer outgoing(int position) {
    return out.buffers[position];
  }

  /** Makes one of a batch shorter than the others. */
  void outgoing(int position, int bytes) {
    out.vectors.set(JAVA_LONG, (long) position * VECTOR_BYTES + VECTOR_LENGTH, bytes);
  }

  /** Sends the first of the batch; how many went. */
  int send(int count) {
    try {
      return checked((int) SEND.invokeExact(fd, out.headers, count, 0));
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  /** Receives what is there; how many. */
  int receive() {
    try {
      int count =
          (int) RECEIVE.invokeExact(fd, in.headers, BATCH, MSG_DONTWAIT, MemorySegment.NULL);
      return Math.max(0, count);
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  /** What came as one of a batch; valid until the next. */
  ByteBuffer incoming(int position) {
    return in.buffers[position];
  }

  /** Its length. */
  int length(int position) {
    return in.length(position);
  }

  /** Waits until something is there; whether it is. */
  boolean await(int millis) {
    try {
      return (int) POLL.invokeExact(poll, 1L, millis) > 0;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    invoke(CLOSE, fd);
    arena.close();
  }

  @SuppressWarnings("restricted") // how else would one call the kernel
  private static MethodHandle call(String name, MemoryLayout... parameters) {
    return LINKER.downcallHandle(
        LINKER.defaultLookup().findOrThrow(name), FunctionDescriptor.of(JAVA_INT, parameters));
  }

  private static int invoke(MethodHandle call, Object... arguments) {
    try {
      return checked((int) call.invokeWithArguments(arguments));
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  private static int checked(int result) {
    if (result < 0) {
      throw new IllegalStateException("a call for a socket failed");
    }
    return result;
  }
}
