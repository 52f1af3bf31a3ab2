package dev.gatehouse.net.syscall;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.gatehouse.kernel.address.AddressFamily;
import dev.gatehouse.kernel.address.Endpoint;
import dev.gatehouse.net.syscall.MessageBatch.Address;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * A UDP socket that receives many datagrams with one call and answers them with another.
 *
 * <p>Received datagrams stay where they are until the next {@link #receive}, and so do the answers
 * until {@link #sendAnswers}. One thread does both; any thread may {@link #send}. Results that are
 * negative are error numbers.
 */
public final class DatagramSocket implements AutoCloseable {

  /** Datagrams in one call. */
  public static final int BATCH = 64;

  /**
   * What the socket is to be like.
   *
   * @param reusePort whether others may have the same port
   * @param receiveBuffer bytes for what waits to be read
   * @param patience how long {@link #receive} waits
   * @param maxReceived bytes of the longest datagram that is received whole
   * @param maxSent bytes of the longest answer
   */
  public record Options(
      boolean reusePort, int receiveBuffer, Duration patience, int maxReceived, int maxSent) {}

  private static final int SOCK_DGRAM = 2;
  private static final int SOCK_CLOEXEC = 0x8_0000;
  private static final int SOL_SOCKET = 1;
  private static final int SO_REUSEADDR = 2;
  private static final int SO_RCVBUF = 8;
  private static final int SO_REUSEPORT = 15;
  private static final int SO_RCVTIMEO = 20;
  private static final int SO_RCVBUFFORCE = 33;
  private static final int SO_MEMINFO = 55;
  private static final int IPPROTO_IPV6 = 41;
  private static final int IPV6_V6ONLY = 26;
  private static final int MSG_TRUNC = 0x20;
  private static final int MSG_DONTWAIT = 0x40;
  private static final int MSG_WAITFORONE = 0x1_0000;

  // enum sk_meminfo, include/uapi/linux/sock_diag.h
  private static final int MEMINFO_VALUES = 9;
  private static final int MEMINFO_DROPS = 8;

  private static final int CLOSED = -1;

  private final AddressFamily family;
  private final Options options;
  private final Arena arena = Arena.ofShared();
  private final MemorySegment callState;
  private final MessageBatch received;
  private final MessageBatch answers;
  private int used = BATCH;
  private int queued;
  private volatile int fd = CLOSED;

  /**
   * @throws UnsupportedOperationException if {@link NativeAccess} is refused
   */
  public DatagramSocket(AddressFamily family, Options options) {
    NativeAccess.require();
    this.family = family;
    this.options = options;
    callState = Libc.newCallState(arena);
    received = new MessageBatch(arena, BATCH, options.maxReceived());
    answers = new MessageBatch(arena, BATCH, options.maxSent());
  }

  /** Opens and binds; what it began is undone by {@link #close}. */
  public int bind(Endpoint endpoint) {
    int type = SOCK_DGRAM | SOCK_CLOEXEC;
    fd = SocketCalls.socket(callState, Address.family(family), type, 0);
    int result = fd < 0 ? fd : configure();
    if (result < 0) {
      return result;
    }
    MemorySegment address = arena.allocate(Address.bytes(family), Long.BYTES);
    var ip = endpoint.address();
    Address.write(address, 0, family, ip.high(), ip.low(), endpoint.port());
    return SocketCalls.bind(callState, fd, address);
  }

  private int configure() {
    int result = set(SOL_SOCKET, SO_REUSEADDR, options.reusePort() ? 1 : 0);
    if (result >= 0 && options.reusePort()) {
      result = set(SOL_SOCKET, SO_REUSEPORT, 1);
    }
    if (result >= 0 && family == AddressFamily.IPV6) {
      result = set(IPPROTO_IPV6, IPV6_V6ONLY, 1);
    }
    // beyond the kernel's limit only for those who may; what was granted can be asked
    if (result >= 0 && set(SOL_SOCKET, SO_RCVBUFFORCE, options.receiveBuffer()) < 0) {
      result = set(SOL_SOCKET, SO_RCVBUF, options.receiveBuffer());
    }
    if (result < 0) {
      return result;
    }
    MemorySegment timeout = arena.allocate(2 * JAVA_LONG.byteSize(), Long.BYTES);
    timeout.setAtIndex(JAVA_LONG, 0, options.patience().toSeconds());
    timeout.setAtIndex(
        JAVA_LONG, 1, TimeUnit.NANOSECONDS.toMicros(options.patience().toNanosPart()));
    return SocketCalls.setOption(callState, fd, SOL_SOCKET, SO_RCVTIMEO, timeout);
  }

  private int set(int level, int option, int value) {
    MemorySegment segment = arena.allocateFrom(JAVA_INT, value);
    return SocketCalls.setOption(callState, fd, level, option, segment);
  }

  /** Where the kernel says that it is bound. */
  public Endpoint boundAddress() {
    try (Arena call = Arena.ofConfined()) {
      MemorySegment address = call.allocate(Address.MAX_BYTES, Long.BYTES);
      MemorySegment length = call.allocateFrom(JAVA_INT, Address.MAX_BYTES);
      SocketCalls.localAddress(Libc.newCallState(call), fd, address, length);
      return Address.read(address, 0, family);
    }
  }

  /** The bytes that the kernel really has for what waits to be read. */
  public int receiveBuffer() {
    // the kernel counts its own needs too, and says twice what it was asked
    return Math.max(0, ask(SO_RCVBUF, 1, 0)) / 2;
  }

  /** Datagrams lost so far because that buffer was full. */
  public int receiveDrops() {
    return Math.max(0, ask(SO_MEMINFO, MEMINFO_VALUES, MEMINFO_DROPS));
  }

  private int ask(int option, int values, int wanted) {
    try (Arena call = Arena.ofConfined()) {
      MemorySegment value = call.allocate(JAVA_INT, values);
      MemorySegment length = call.allocateFrom(JAVA_INT, (int) value.byteSize());
      int result =
          SocketCalls.option(Libc.newCallState(call), fd, SOL_SOCKET, option, value, length);
      return result < 0 ? result : value.getAtIndex(JAVA_INT, wanted);
    }
  }

  /** Waits for datagrams; says how many there are. */
  public int receive() {
    for (int i = 0; i < used; i++) {
      received.addressLength(i, Address.bytes(family));
    }
    int result = SocketCalls.receiveBatch(callState, fd, received.headers(), BATCH, MSG_WAITFORONE);
    used = Math.max(0, result);
    return result;
  }

  /** The memory in which the datagrams at a position are received. */
  public ByteBuffer receivedBuffer(int position) {
    return received.buffer(position);
  }

  /** The memory from which the answers at a position are sent. */
  public ByteBuffer answerBuffer(int position) {
    return answers.buffer(position);
  }

  public int length(int position) {
    return received.received(position);
  }

  /** Whether a datagram was longer than what is received whole. */
  public boolean isCut(int position) {
    return (received.flags(position) & MSG_TRUNC) != 0;
  }

  /** The upper half of the address that a datagram came from. */
  public long sourceHigh(int position) {
    return Address.high(received.addresses(), received.addressAt(position), family);
  }

  /** The lower half of the address that a datagram came from. */
  public long sourceLow(int position) {
    return Address.low(received.addresses(), received.addressAt(position), family);
  }

  public int sourcePort(int position) {
    return Address.port(received.addresses(), received.addressAt(position));
  }

  /** How many answers wait, which is also the position of the next one. */
  public int queued() {
    return queued;
  }

  /** Says that the next answer is so long and goes to where a datagram came from. */
  public void answer(int position, int length) {
    answers.addressedTo(queued, received.addresses().asSlice(received.addressAt(position)));
    answers.addressLength(queued, Address.bytes(family));
    answers.length(queued, length);
    queued++;
  }

  /**
   * Sends answers from one on, up to the first that fails.
   *
   * @return how many were sent, or why the first one was not
   */
  public int sendAnswers(int from) {
    return SocketCalls.sendBatch(callState, fd, answers.headers(from), queued - from, MSG_DONTWAIT);
  }

  /** Forgets the answers, sent or not. */
  public void clearAnswers() {
    queued = 0;
  }

  /** Sends one datagram, from any thread. */
  public int send(ByteBuffer message, long high, long low, int port) {
    try (Arena call = Arena.ofConfined()) {
      MemorySegment copy = call.allocate(message.remaining());
      copy.copyFrom(MemorySegment.ofBuffer(message));
      MemorySegment to = call.allocate(Address.bytes(family), Long.BYTES);
      Address.write(to, 0, family, high, low, port);
      return SocketCalls.send(Libc.newCallState(call), fd, copy, MSG_DONTWAIT, to);
    }
  }

  /** To be called when no thread receives any more. */
  @Override
  public void close() {
    int open = fd;
    fd = CLOSED;
    if (open >= 0) {
      FileCalls.close(callState, open);
    }
    if (arena.scope().isAlive()) {
      arena.close();
    }
  }
}
