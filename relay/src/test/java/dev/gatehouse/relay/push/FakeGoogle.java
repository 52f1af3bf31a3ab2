package dev.gatehouse.relay.push;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** The two services of Google that a wake needs, on loopback: grants tokens and takes messages. */
final class FakeGoogle implements AutoCloseable {

  static final String GRANT = "{\"access_token\":\"granted-secret\",\"expires_in\":3599}";
  static final String SENT = "{\"name\":\"projects/p/messages/0:123%abc\"}";

  record Request(String path, String authorization, String body) {}

  private record Reply(int status, String body) {}

  final List<Request> grants = new CopyOnWriteArrayList<>();
  final List<Request> sends = new CopyOnWriteArrayList<>();

  /** Messages that have come, answered or not. */
  final AtomicInteger arrived = new AtomicInteger();

  private final Queue<Reply> scripted = new ConcurrentLinkedQueue<>();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpServer server;
  private volatile Reply grant = new Reply(200, GRANT);
  private volatile CountDownLatch gate = new CountDownLatch(0);

  FakeGoogle() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/token", exchange -> answer(exchange, grants, grant));
    server.createContext("/v1/", this::send);
    server.createContext("/elsewhere", exchange -> answer(exchange, sends, new Reply(200, SENT)));
    server.start();
  }

  URI uri(String path) {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
  }

  /** What the next message is answered with; those after it are taken. */
  void answerNext(int status, String body) {
    scripted.add(new Reply(status, body));
  }

  void grant(int status, String body) {
    grant = new Reply(status, body);
  }

  /** Answers no message until {@link #open}. */
  void stall() {
    gate = new CountDownLatch(1);
  }

  void open() {
    gate.countDown();
  }

  private void send(HttpExchange exchange) throws IOException {
    Reply next = scripted.poll();
    arrived.incrementAndGet();
    try {
      gate.await();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    answer(exchange, sends, next == null ? new Reply(200, SENT) : next);
  }

  private void answer(HttpExchange exchange, List<Request> seen, Reply reply) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
    String authorization = exchange.getRequestHeaders().getFirst("authorization");
    seen.add(new Request(exchange.getRequestURI().getPath(), String.valueOf(authorization), body));
    exchange.getResponseHeaders().set("location", uri("/elsewhere").toString());
    byte[] bytes = reply.body().getBytes(UTF_8);
    exchange.sendResponseHeaders(reply.status(), bytes.length == 0 ? -1 : bytes.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(bytes);
    } catch (IOException _) {
      // the client reads only the beginning
    }
  }

  @Override
  public void close() {
    open();
    server.stop(0);
    threads.shutdownNow();
  }
}
