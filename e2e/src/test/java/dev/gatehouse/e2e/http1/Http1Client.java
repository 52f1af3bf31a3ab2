package dev.gatehouse.e2e.http1;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.gatehouse.e2e.L7Host;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A client of HTTP/1 that sends what it is told to and reads exactly what it gets. */
final class Http1Client implements AutoCloseable {

  private static final int PATIENCE_MILLIS = 15_000;
  private static final int MAX_QUOTED = 400;

  private final Socket socket;
  private final InputStream in;
  private final StringBuilder sent = new StringBuilder();

  private Http1Client(Socket socket) throws IOException {
    this.socket = socket;
    this.in = new BufferedInputStream(socket.getInputStream());
  }

  static Http1Client connect(L7Host host) throws Exception {
    Socket socket = host.connect("http/1.1");
    socket.setSoTimeout(PATIENCE_MILLIS);
    return new Http1Client(socket);
  }

  /** Sends characters, a byte for each; whoever has refused us may have stopped listening. */
  Http1Client send(String text) {
    sent.append(text);
    try {
      socket.getOutputStream().write(text.getBytes(ISO_8859_1));
      socket.getOutputStream().flush();
    } catch (IOException _) {
      sent.append("<closed meanwhile>");
    }
    return this;
  }

  /** Waits longer for what comes next, as a body's rate is looked at after ten seconds only. */
  Http1Client patient() throws IOException {
    socket.setSoTimeout(2 * PATIENCE_MILLIS);
    return this;
  }

  /** The next response, whose request had that method, interim ones included. */
  Http1Response response(String method) {
    return next(method).orElseThrow(() -> failed("closed where a response was expected"));
  }

  /** The next final response. */
  Http1Response finalResponse(String method) {
    Http1Response response = response(method);
    while (response.isInterim()) {
      response = response(method);
    }
    return response;
  }

  /** All responses until the other side closes; their requests had none of the method HEAD. */
  List<Http1Response> untilClosed() {
    List<Http1Response> all = new ArrayList<>();
    Optional<Http1Response> next = next("GET");
    while (next.isPresent()) {
      all.add(next.get());
      next = next("GET");
    }
    return all;
  }

  /** What was sent, shortened, with a reason. */
  AssertionError failed(String reason) {
    String quoted = sent.length() > MAX_QUOTED ? sent.substring(0, MAX_QUOTED) + "..." : sent + "";
    return new AssertionError(
        reason + "\nsent: " + quoted.replace("\r", "\\r").replace("\n", "\\n\n      "));
  }

  private Optional<Http1Response> next(String method) {
    try {
      return Http1Response.read(in, method);
    } catch (SocketTimeoutException _) {
      throw failed("neither answered nor closed within " + PATIENCE_MILLIS + " ms");
    } catch (IOException e) {
      if (isReset(e)) {
        return Optional.empty();
      }
      AssertionError error = failed(e.toString());
      error.initCause(e);
      throw error;
    }
  }

  /** A reset is an end as well: it follows where bytes were left unread. */
  private static boolean isReset(IOException e) {
    return e instanceof java.net.SocketException || e instanceof javax.net.ssl.SSLException;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
