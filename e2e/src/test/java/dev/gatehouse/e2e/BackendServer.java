package dev.gatehouse.e2e;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** A server behind the front door, each of whose connections has a thread of its own. */
final class BackendServer implements AutoCloseable {

  private static final int CHUNK = 64 * 1024;
  private static final int BACKLOG = 4096;
  private static final long PATIENCE_SECONDS = 20;

  private final ServerSocketChannel socket;
  private final Service service;
  private final Set<SocketChannel> open = ConcurrentHashMap.newKeySet();
  private final BlockingQueue<byte[]> recorded = new LinkedBlockingQueue<>();
  private final AtomicLong sent = new AtomicLong();

  /** What it does with a connection, until that is to be closed. */
  @FunctionalInterface
  interface Service {
    void serve(BackendServer server, SocketChannel connection) throws IOException;
  }

  private BackendServer(ServerSocketChannel socket, Service service) {
    this.socket = socket;
    this.service = service;
  }

  static BackendServer start(Insiders inside, int port, Service service) throws Exception {
    ServerSocketChannel socket =
        inside.call(() -> ServerSocketChannel.open(StandardProtocolFamily.INET));
    socket.setOption(StandardSocketOptions.SO_REUSEADDR, true);
    socket.bind(new InetSocketAddress(Inet4Address.ofLiteral("127.0.0.1"), port), BACKLOG);
    BackendServer server = new BackendServer(socket, service);
    Thread.ofVirtual().name("backend-" + port).start(server::accept);
    return server;
  }

  /** Sends back what it gets. */
  static void echo(BackendServer server, SocketChannel connection) throws IOException {
    ByteBuffer chunk = ByteBuffer.allocate(CHUNK);
    while (connection.read(chunk) >= 0) {
      server.write(connection, chunk.flip());
      chunk.clear();
    }
  }

  /** Keeps what it gets until the client has finished. */
  static void record(BackendServer server, SocketChannel connection) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    ByteBuffer chunk = ByteBuffer.allocate(CHUNK);
    while (connection.read(chunk) >= 0) {
      all.write(chunk.array(), 0, chunk.position());
      chunk.clear();
    }
    server.recorded.add(all.toByteArray());
  }

  /** Answers the first word with a letter. */
  static void answer(SocketChannel connection, char letter) throws IOException {
    connection.read(ByteBuffer.allocate(CHUNK));
    connection.write(ByteBuffer.wrap(new byte[] {(byte) letter}));
  }

  /** Throws the client out at its first word. */
  static void reset(BackendServer server, SocketChannel connection) throws IOException {
    connection.read(ByteBuffer.allocate(CHUNK));
    connection.setOption(StandardSocketOptions.SO_LINGER, 0);
  }

  /** Sends as much as anybody takes, once the client has said a word. */
  static void flood(BackendServer server, SocketChannel connection) throws IOException {
    ByteBuffer chunk = ByteBuffer.allocate(CHUNK);
    connection.read(chunk);
    while (true) {
      server.write(connection, chunk.clear());
    }
  }

  /** What the next client that has finished had sent. */
  byte[] nextRecorded() throws InterruptedException {
    byte[] next = recorded.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    if (next == null) {
      throw new AssertionError("nothing arrived at " + socket);
    }
    return next;
  }

  /** Whether clients have finished that nobody asked after. */
  boolean hasRecorded() {
    return !recorded.isEmpty();
  }

  /** Bytes that it has got rid of. */
  long sent() {
    return sent.get();
  }

  /** Connections now. */
  int connections() {
    return open.size();
  }

  @Override
  public void close() throws IOException {
    socket.close();
    for (SocketChannel connection : open) {
      connection.close();
    }
  }

  private void write(SocketChannel connection, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      sent.addAndGet(connection.write(bytes));
    }
  }

  private void accept() {
    try {
      while (true) {
        SocketChannel connection = socket.accept();
        open.add(connection);
        Thread.ofVirtual().start(() -> serve(connection));
      }
    } catch (IOException _) {
      // the test is over
    }
  }

  private void serve(SocketChannel connection) {
    try (connection) {
      service.serve(this, connection);
    } catch (IOException _) {
      // the client is gone, which the client knows best
    } finally {
      open.remove(connection);
    }
  }
}
