package dev.gatehouse.e2e;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.List;

/** A client of the front door that sends what it is told to, however hostile. */
final class Client implements AutoCloseable {

  private static final int CHUNK = 64 * 1024;

  private final SocketChannel socket;
  private boolean refused;

  private Client(SocketChannel socket) {
    this.socket = socket;
  }

  /** How a connection ended, seen from its client. */
  @SuppressWarnings("ArrayRecordComponent") // looked at, never compared as a whole
  record Ending(byte[] received, boolean reset) {}

  static Client connect(Insiders inside, int port) throws Exception {
    return connect(inside, "127.0.0.1", port);
  }

  static Client connect(Insiders inside, String from, int port) throws Exception {
    return inside.call(() -> connect(from, port));
  }

  /** The same for whoever is inside already. */
  static Client connect(String from, int port) throws IOException {
    SocketChannel socket = SocketChannel.open(StandardProtocolFamily.INET);
    try {
      socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
      socket.bind(new InetSocketAddress(Inet4Address.ofLiteral(from), 0));
      socket.connect(new InetSocketAddress(Inet4Address.ofLiteral("127.0.0.1"), port));
      return new Client(socket);
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  InetSocketAddress localAddress() throws IOException {
    return (InetSocketAddress) socket.getLocalAddress();
  }

  /** Sends each part by a call of its own; a refusal may overtake the last of them. */
  Client send(List<byte[]> parts) {
    for (byte[] part : parts) {
      send(part);
    }
    return this;
  }

  Client send(byte[] bytes) {
    try {
      ByteBuffer rest = ByteBuffer.wrap(bytes);
      while (rest.hasRemaining()) {
        socket.write(rest);
      }
    } catch (IOException _) {
      refused = true;
    }
    return this;
  }

  /** Sends FIN; what comes in can still be read. */
  Client finish() {
    try {
      socket.shutdownOutput();
    } catch (IOException _) {
      refused = true;
    }
    return this;
  }

  /** Reads so many bytes. */
  byte[] read(int count) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(count);
    while (bytes.hasRemaining()) {
      if (socket.read(bytes) < 0) {
        throw new IOException("ended after " + bytes.position() + " of " + count + " bytes");
      }
    }
    return bytes.array();
  }

  /** Reads until the other side has nothing more to say, or has thrown us out. */
  Ending end() {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    ByteBuffer chunk = ByteBuffer.allocate(CHUNK);
    try {
      while (socket.read(chunk) >= 0) {
        all.write(chunk.array(), 0, chunk.position());
        chunk.clear();
      }
    } catch (IOException _) {
      refused = true;
    }
    return new Ending(all.toByteArray(), refused);
  }

  /** Closes with a reset. */
  void reset() throws IOException {
    socket.setOption(StandardSocketOptions.SO_LINGER, 0);
    socket.close();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
