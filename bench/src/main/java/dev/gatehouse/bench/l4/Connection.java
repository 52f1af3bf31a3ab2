package dev.gatehouse.bench.l4;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** One end of a connection under load: a blocking channel and the buffer that its bytes pass. */
final class Connection implements Closeable {

  private static final int CHUNK = 256 * 1024;

  /** Smaller ones come and go too fast for memory outside of the heap. */
  private static final int SMALLEST_DIRECT = 4096;

  private final SocketChannel channel;
  private final Hello hello;
  private final ByteBuffer buffer;

  private Connection(SocketChannel channel, Hello hello) {
    this.channel = channel;
    this.hello = hello;
    int capacity = (int) Math.min(CHUNK, hello.bytes());
    buffer =
        capacity < SMALLEST_DIRECT
            ? ByteBuffer.allocate(capacity)
            : ByteBuffer.allocateDirect(capacity);
  }

  /** The client's end, once the hello is on its way. */
  static Connection open(int port, Hello hello) throws IOException {
    SocketChannel channel = SocketChannel.open(loopback(port));
    try {
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      channel.write(hello.encode());
      return new Connection(channel, hello);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  /** The backend's end, once the hello is here. */
  static Connection accepted(SocketChannel channel) throws IOException {
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    ByteBuffer hello = ByteBuffer.allocate(Hello.LENGTH);
    while (hello.hasRemaining()) {
      if (channel.read(hello) < 0) {
        throw new EOFException("the hello ends after " + hello.position() + " bytes");
      }
    }
    return new Connection(channel, Hello.decode(hello));
  }

  static InetSocketAddress loopback(int port) throws IOException {
    return new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port);
  }

  Hello hello() {
    return hello;
  }

  void send(long bytes) throws IOException {
    for (long left = bytes; left > 0; ) {
      buffer.clear().limit((int) Math.min(buffer.capacity(), left));
      left -= channel.write(buffer);
    }
  }

  /** False where the stream ends before that. */
  boolean receive(long bytes) throws IOException {
    for (long left = bytes; left > 0; ) {
      buffer.clear().limit((int) Math.min(buffer.capacity(), left));
      int read = channel.read(buffer);
      if (read < 0) {
        return false;
      }
      left -= read;
    }
    return true;
  }

  void expect(long bytes) throws IOException {
    if (!receive(bytes)) {
      throw new EOFException("the stream ends before " + bytes + " bytes");
    }
  }

  /** One message to an echoing backend, and its answer. */
  void pingPong() throws IOException {
    send(hello.bytes());
    expect(hello.bytes());
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
