package dev.gatehouse.proxy.l7.http1;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;

/** A client of HTTP/1 that says exactly what it is told; a dollar stands for CRLF. */
final class Http1Client implements AutoCloseable {

  private final Socket socket;

  Http1Client(Socket socket) {
    this.socket = socket;
  }

  Http1Client say(String text) throws IOException {
    socket.getOutputStream().write(text.replace("$", "\r\n").getBytes(ISO_8859_1));
    return this;
  }

  /** The next head without its date and its name, which are different every time. */
  String head() throws IOException {
    return until("\r\n\r\n")
        .replaceAll("(?i)Date: [^\r]*\r\n", "")
        .replaceAll("(?i)X-Request-Id: [^\r]*\r\n", "")
        .replace("\r\n", "$");
  }

  String body(int length) throws IOException {
    return new String(socket.getInputStream().readNBytes(length), ISO_8859_1).replace("\r\n", "$");
  }

  /** All that still comes before the end. */
  String rest() throws IOException {
    return new String(socket.getInputStream().readAllBytes(), ISO_8859_1).replace("\r\n", "$");
  }

  /** The next page of the proxy: its status line, and the text up to the name of the request. */
  String page() throws IOException {
    String head = until("\r\n\r\n");
    int at = head.indexOf("Content-Length: ") + 16;
    String body = body(Integer.parseInt(head.substring(at, head.indexOf('\r', at))));
    return head.substring(0, head.indexOf('\r')) + " | " + body.substring(0, body.indexOf('\n'));
  }

  /** Goes without another word. */
  void leave() throws IOException {
    socket.close();
  }

  private String until(String end) throws IOException {
    ByteArrayOutputStream read = new ByteArrayOutputStream();
    while (!read.toString(ISO_8859_1).endsWith(end)) {
      int next = socket.getInputStream().read();
      if (next < 0) {
        throw new IOException("end after: " + read.toString(ISO_8859_1));
      }
      read.write(next);
    }
    return read.toString(ISO_8859_1);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
