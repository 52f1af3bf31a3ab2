package dev.gatehouse.proxy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/** A server on loopback that serves each connection by a script, on a thread of its own. */
public final class Backend implements AutoCloseable {

  private static final int PATIENCE_SECONDS = 60;

  private final ServerSocket server;
  private final Script script;
  private final Thread acceptor;
  private final Queue<CompletableFuture<Void>> served = new ConcurrentLinkedQueue<>();

  /** What is done with one connection, which is closed at the end of it. */
  @FunctionalInterface
  public interface Script {
    void serve(Socket socket) throws Exception;
  }

  public Backend(Script script) throws IOException {
    this.script = script;
    server = new ServerSocket(0, 256, InetAddress.getLoopbackAddress());
    acceptor = Thread.ofPlatform().daemon().name("backend").start(this::accept);
  }

  /** {@code 127.0.0.1:PORT}. */
  public String address() {
    return "127.0.0.1:" + server.getLocalPort();
  }

  /** Waits for every connection so far; the first failure of a script is thrown. */
  public void awaitServed() throws Exception {
    for (CompletableFuture<Void> one : served) {
      try {
        one.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      } catch (ExecutionException e) {
        throw new AssertionError("backend: " + e.getCause(), e.getCause());
      }
    }
  }

  /** How many connections have come. */
  public int connections() {
    return served.size();
  }

  /** Nobody is accepted any more, not even who comes while the acceptor is about to hear of it. */
  @Override
  public void close() throws IOException {
    server.close();
    try {
      acceptor.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        CompletableFuture<Void> done = new CompletableFuture<>();
        served.add(done);
        Thread.ofPlatform().daemon().start(() -> serve(socket, done));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void serve(Socket socket, CompletableFuture<Void> done) {
    try (socket) {
      script.serve(socket);
      done.complete(null);
    } catch (Exception | AssertionError e) {
      done.completeExceptionally(e);
    }
  }
}
