package dev.gatehouse.e2e.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A server behind the front door that speaks plain HTTP/1.1, keeps every byte that it gets, and
 * answers as it is told to for what is asked for; everybody else gets the request's body back.
 */
public final class RecordingBackend implements AutoCloseable {

  private final ServerSocket socket;
  private final Map<String, Answer> answers = new ConcurrentHashMap<>();
  private final List<Conversation> conversations = new CopyOnWriteArrayList<>();
  private final List<Exchange> exchanges = new CopyOnWriteArrayList<>();

  /** What becomes of a request, whose body is still to be read. */
  @FunctionalInterface
  public interface Answer {
    void to(Exchange exchange) throws Exception;
  }

  /** A connection with the bytes that came by it. */
  private record Conversation(Socket connection, ByteArrayOutputStream received) {

    String text() {
      return received.toString(ISO_8859_1);
    }
  }

  private RecordingBackend(ServerSocket socket) {
    this.socket = socket;
  }

  /** Serves on a socket that listens already. */
  public static RecordingBackend on(ServerSocket socket) {
    RecordingBackend backend = new RecordingBackend(socket);
    Thread.ofVirtual().name("recording-backend").start(backend::accept);
    return backend;
  }

  /** Answers so whatever is asked for below this path. */
  public void answer(String prefix, Answer answer) {
    answers.put(prefix, answer);
  }

  /** Whether these characters have arrived anywhere, in a head or in a body. */
  public boolean saw(String marker) {
    return conversations.stream().anyMatch(conversation -> conversation.text().contains(marker));
  }

  /** The requests whose head has this in it, begun or complete. */
  public List<Exchange> requests(String marker) {
    return exchanges.stream().filter(exchange -> exchange.head().contains(marker)).toList();
  }

  /** All that came by connections on which these characters did. */
  public List<String> conversations(String marker) {
    return conversations.stream()
        .map(Conversation::text)
        .filter(text -> text.contains(marker))
        .toList();
  }

  /** Connections ever. */
  public int connections() {
    return conversations.size();
  }

  @Override
  public void close() throws IOException {
    socket.close();
    for (Conversation conversation : conversations) {
      conversation.connection().close();
    }
  }

  private void accept() {
    try {
      while (true) {
        Conversation conversation = new Conversation(socket.accept(), new ByteArrayOutputStream());
        conversations.add(conversation);
        Thread.ofVirtual().name("recording").start(() -> serve(conversation));
      }
    } catch (IOException _) {
      // the test is over
    }
  }

  private void serve(Conversation conversation) {
    try (Socket connection = conversation.connection()) {
      connection.setTcpNoDelay(true);
      InputStream in =
          new BufferedInputStream(
              new Recorder(connection.getInputStream(), conversation.received()));
      Optional<Exchange> next = Exchange.next(in, connection.getOutputStream());
      while (next.isPresent() && !connection.isClosed()) {
        serve(next.get());
        next = Exchange.next(in, connection.getOutputStream());
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } catch (Exception _) {
      // the front door has gone, or sent what nobody should: both can be seen in what is recorded
    }
  }

  private void serve(Exchange exchange) throws Exception {
    exchanges.add(exchange);
    answers.entrySet().stream()
        .filter(entry -> exchange.target().startsWith(entry.getKey()))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse(RecordingBackend::echo)
        .to(exchange);
    exchange.body();
  }

  private static void echo(Exchange exchange) throws IOException {
    exchange.answer(200, exchange.body());
  }
}
