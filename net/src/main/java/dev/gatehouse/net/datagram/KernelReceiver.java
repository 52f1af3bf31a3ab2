package dev.gatehouse.net.datagram;

import dev.gatehouse.kernel.address.AddressFamily;
import dev.gatehouse.kernel.address.Endpoint;
import dev.gatehouse.net.datagram.DatagramCounters.SendError;
import dev.gatehouse.net.syscall.DatagramSocket;
import dev.gatehouse.net.syscall.Errno;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads a socket with a thread of its own: one call for many datagrams, one for all their answers,
 * and nothing is allocated in between.
 */
final class KernelReceiver implements Receiver {

  /** How long a thread that has nothing to read does not notice that it is to stop. */
  private static final Duration PATIENCE = Duration.ofMillis(100);

  private final AddressFamily family;
  private final DatagramSocket socket;
  private final Surroundings around;
  private final DatagramCounters counters;
  private final Consumer<Throwable> failed;
  private final DatagramHandler handler;
  private final Datagram datagram = new Datagram();
  private final ByteBuf[] in = new ByteBuf[DatagramSocket.BATCH];
  private final ByteBuf[] out = new ByteBuf[DatagramSocket.BATCH];
  private @Nullable Thread thread;
  private volatile boolean stopped;

  private KernelReceiver(
      AddressFamily family,
      DatagramSocket socket,
      Surroundings around,
      Function<LateAnswers, DatagramHandler> handlers) {
    this.family = family;
    this.socket = socket;
    this.around = around;
    counters = around.counters();
    failed = around.failed();
    handler = handlers.apply((answer, _, high, low, port) -> sendLate(answer, high, low, port));
    for (int i = 0; i < DatagramSocket.BATCH; i++) {
      in[i] = Unpooled.wrappedBuffer(socket.receivedBuffer(i));
      out[i] = Unpooled.wrappedBuffer(socket.answerBuffer(i));
    }
  }

  /**
   * A receiver whose socket is bound.
   *
   * @throws IOException in the system's words if it cannot be
   */
  static KernelReceiver bound(
      Endpoint endpoint,
      boolean reusePort,
      DatagramSettings settings,
      Surroundings around,
      Function<LateAnswers, DatagramHandler> handlers)
      throws IOException {
    AddressFamily family = endpoint.address().family();
    return new KernelReceiver(family, socket(endpoint, reusePort, settings), around, handlers);
  }

  /** Fails if anybody has the port, even if it would be shared. */
  static void probe(Endpoint endpoint, DatagramSettings settings) throws IOException {
    socket(endpoint, false, settings).close();
  }

  private static DatagramSocket socket(
      Endpoint endpoint, boolean reusePort, DatagramSettings settings) throws IOException {
    DatagramSocket.Options options =
        new DatagramSocket.Options(
            reusePort,
            settings.receiveBuffer(),
            PATIENCE,
            settings.maxReceived(),
            settings.maxSent());
    DatagramSocket socket = new DatagramSocket(endpoint.address().family(), options);
    int result = socket.bind(endpoint);
    if (result < 0) {
      socket.close();
      throw new UnboundException(-result);
    }
    return socket;
  }

  /** Why a socket could not be had. */
  static final class UnboundException extends IOException {

    private static final long serialVersionUID = 1;

    private final int errno;

    UnboundException(int errno) {
      super(
          switch (errno) {
            case Errno.EADDRINUSE -> "Address already in use";
            case Errno.EADDRNOTAVAIL -> "Cannot assign requested address";
            case Errno.EACCES -> "Permission denied";
            default -> Errno.name(errno);
          });
      this.errno = errno;
    }

    /** Whether the host has no such addresses at all. */
    boolean isMissingFamily() {
      return errno == Errno.EAFNOSUPPORT || errno == Errno.EADDRNOTAVAIL;
    }
  }

  @Override
  public Endpoint boundAddress() {
    return socket.boundAddress();
  }

  @Override
  public int receiveBuffer() {
    return socket.receiveBuffer();
  }

  @Override
  public long receiveDrops() {
    return socket.receiveDrops();
  }

  @Override
  public void begin() {
    thread = Thread.ofPlatform().daemon().name("udp-" + boundAddress()).start(this::run);
  }

  @Override
  public void stop() throws InterruptedException {
    stopped = true;
    if (thread != null) {
      thread.join();
    }
  }

  @Override
  public void close() {
    socket.close();
  }

  private void run() {
    while (!stopped) {
      int count = socket.receive();
      if (count > 0) {
        handle(count);
        flush();
      } else if (count < 0 && isFatal(-count)) {
        stopped = true;
        failed.accept(new IOException("receive: " + Errno.name(-count)));
      }
    }
  }

  /** Errors that come with time or with one client pass by. */
  private static boolean isFatal(int errno) {
    return switch (errno) {
      case Errno.EINTR, Errno.EAGAIN, Errno.ENOBUFS, Errno.ENETUNREACH, Errno.EHOSTUNREACH -> false;
      case Errno.EPERM, Errno.EMSGSIZE -> false;
      default -> true;
    };
  }

  private void handle(int count) {
    long bytes = 0;
    handler.begin();
    for (int i = 0; i < count; i++) {
      bytes += socket.length(i);
      datagram.set(
          in[i].setIndex(0, socket.length(i)),
          family,
          socket.sourceHigh(i),
          socket.sourceLow(i),
          socket.sourcePort(i));
      handleOne(i);
    }
    counters.received(count, bytes);
  }

  private void handleOne(int position) {
    if (socket.isCut(position)) {
      counters.oversize();
    } else if (around.isBlocked(datagram)) {
      counters.blocked();
    } else {
      ByteBuf answer = out[socket.queued()].clear();
      handler.handle(datagram, answer);
      if (answer.isReadable()) {
        socket.answer(position, answer.readableBytes());
      }
    }
  }

  private void flush() {
    int queued = socket.queued();
    int from = 0;
    int sent = 0;
    long bytes = 0;
    while (from < queued) {
      int result = socket.sendAnswers(from);
      for (int i = 0; i < result; i++) {
        bytes += out[from + i].readableBytes();
      }
      if (result <= 0) {
        counters.notSent(SendError.of(-result));
      }
      sent += Math.max(0, result);
      from += Math.max(1, result);
    }
    socket.clearAnswers();
    counters.sent(sent, bytes);
  }

  private void sendLate(ByteBuf answer, long high, long low, int port) {
    ByteBuffer bytes = ByteBuffer.allocateDirect(answer.readableBytes());
    answer.getBytes(answer.readerIndex(), bytes);
    int result = socket.send(bytes.flip(), high, low, port);
    if (result < 0) {
      counters.notSent(SendError.of(-result));
    } else {
      counters.sent(1, result);
    }
  }
}
