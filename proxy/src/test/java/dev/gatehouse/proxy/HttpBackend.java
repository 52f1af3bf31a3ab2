package dev.gatehouse.proxy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A backend of HTTP/1.1 that remembers each request as it came and answers with the next of its
 * texts, in which a dollar stands for CRLF; the last one serves for all that follow.
 */
public final class HttpBackend implements AutoCloseable {

  /** What most tests need of a response. */
  public static final String OK = "HTTP/1.1 200 OK$Content-Length: 2$$ok";

  private static final int PATIENCE_SECONDS = 10;

  private final Backend server = new Backend(this::serve);
  private final BlockingQueue<String> requests = new LinkedBlockingQueue<>();
  private final Queue<String> responses = new ArrayDeque<>();

  public HttpBackend(String... texts) throws IOException {
    for (String text : texts) {
      responses.add(text.replace("$", "\r\n"));
    }
  }

  /** The line of a route that leads here, where HTTP/1.1 is spoken. */
  public String route() {
    return "backend = \"" + server.address() + "\"\nbackend_protocol = \"h1\"\n";
  }

  public String address() {
    return server.address();
  }

  /** How many connections have come. */
  public int connections() {
    return server.connections();
  }

  /** The next request, head and body, with a dollar for each CRLF. */
  public String next() throws InterruptedException {
    String request = requests.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    if (request == null) {
      throw new AssertionError("no request came");
    }
    return request.replace("\r\n", "$");
  }

  /** Whether every request that came was looked at. */
  public boolean isQuiet() {
    return requests.isEmpty();
  }

  private void serve(Socket socket) throws IOException {
    String head = until(socket, "\r\n\r\n");
    while (!head.isEmpty()) {
      requests.add(head + body(socket, head));
      socket.getOutputStream().write(response().getBytes(ISO_8859_1));
      head = until(socket, "\r\n\r\n");
    }
  }

  private synchronized String response() {
    return responses.size() > 1 ? responses.remove() : responses.element();
  }

  private static String body(Socket socket, String head) throws IOException {
    if (head.contains("Transfer-Encoding: chunked")) {
      String chunks = until(socket, "0\r\n");
      return chunks + trailer(socket);
    }
    int at = head.indexOf("Content-Length: ");
    if (at < 0) {
      return "";
    }
    String length = head.substring(at + 16, head.indexOf('\r', at));
    return new String(socket.getInputStream().readNBytes(Integer.parseInt(length)), ISO_8859_1);
  }

  private static String trailer(Socket socket) throws IOException {
    StringBuilder trailer = new StringBuilder(until(socket, "\r\n"));
    while (!trailer.toString().equals("\r\n") && !trailer.toString().endsWith("\r\n\r\n")) {
      trailer.append(until(socket, "\r\n"));
    }
    return trailer.toString();
  }

  /** All bytes up to that text, or nothing where the connection ends before it. */
  private static String until(Socket socket, String end) throws IOException {
    ByteArrayOutputStream read = new ByteArrayOutputStream();
    while (!read.toString(ISO_8859_1).endsWith(end)) {
      int next = socket.getInputStream().read();
      if (next < 0) {
        return "";
      }
      read.write(next);
    }
    return read.toString(ISO_8859_1);
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
