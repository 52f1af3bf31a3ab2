package dev.gatehouse.bench.l4;

import java.io.IOException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The server behind all proxies: it does what each hello asks for, on a thread a connection. */
final class Backend implements AutoCloseable {

  private static final int BACKLOG = 4096;

  private final ServerSocketChannel server;
  private final ExecutorService threads =
      Executors.newCachedThreadPool(Thread.ofPlatform().daemon().name("backend-", 0).factory());

  private Backend(ServerSocketChannel server) {
    this.server = server;
  }

  static Backend start(int port) throws IOException {
    Backend backend =
        new Backend(ServerSocketChannel.open().bind(Connection.loopback(port), BACKLOG));
    backend.threads.execute(backend::accept);
    return backend;
  }

  int port() {
    return server.socket().getLocalPort();
  }

  private void accept() {
    try {
      while (true) {
        SocketChannel channel = server.accept();
        threads.execute(() -> serve(channel));
      }
    } catch (IOException _) {
      // closed: the run is over
    }
  }

  /** What goes wrong here the client sees too, and it is the one to tell. */
  private static void serve(SocketChannel channel) {
    try (channel) {
      grant(Connection.accepted(channel));
    } catch (IOException _) {
      // a proxy that only looks whether the port is open, or one that gave up
    }
  }

  /** The client is always the first to close, as with a proxy that serves people. */
  private static void grant(Connection connection) throws IOException {
    long bytes = connection.hello().bytes();
    switch (connection.hello().wish()) {
      case SEND -> connection.send(bytes);
      case TAKE -> {
        if (connection.receive(bytes)) {
          connection.send(1);
        }
      }
      case ECHO -> {
        while (connection.receive(bytes)) {
          connection.send(bytes);
        }
        return;
      }
    }
    connection.receive(1);
  }

  @Override
  public void close() throws IOException {
    server.close();
    threads.shutdownNow();
  }
}
