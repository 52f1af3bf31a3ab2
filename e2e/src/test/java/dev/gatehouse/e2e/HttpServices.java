package dev.gatehouse.e2e;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** Servers of HTTP/1.1 that are not well, each a service of a {@link BackendServer}. */
final class HttpServices {

  /** What one sends that answers well; the body is {@code ok}. */
  static final String GOOD = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

  private static final int CHUNK = 64 * 1024;

  private HttpServices() {}

  /** Closes at the first word. */
  static void die(BackendServer server, SocketChannel connection) throws IOException {
    hear(connection);
  }

  /** Listens and says nothing. */
  static void stall(BackendServer server, SocketChannel connection) throws IOException {
    while (hear(connection)) {
      // as long as somebody speaks
    }
  }

  /** Says what is no HTTP. */
  static void babble(BackendServer server, SocketChannel connection) throws IOException {
    hear(connection);
    say(connection, "220 mail.example.org ESMTP ready\r\n");
  }

  /** Begins a body well and is gone. */
  static void breakOff(BackendServer server, SocketChannel connection) throws IOException {
    hear(connection);
    say(connection, "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nhalf of it");
    connection.setOption(StandardSocketOptions.SO_LINGER, 0);
  }

  /** Answers the first request of a connection, and closes at the second without a word. */
  static void answerOnce(BackendServer server, SocketChannel connection) throws IOException {
    if (hear(connection)) {
      say(connection, GOOD);
      hear(connection);
    }
  }

  /** Answers and says more than it was asked. */
  static void sayTooMuch(BackendServer server, SocketChannel connection) throws IOException {
    while (hear(connection)) {
      say(connection, GOOD + GOOD.replace("ok", "no"));
    }
  }

  private static boolean hear(SocketChannel connection) throws IOException {
    return connection.read(ByteBuffer.allocate(CHUNK)) >= 0;
  }

  private static void say(SocketChannel connection, String text) throws IOException {
    connection.write(ByteBuffer.wrap(text.getBytes(US_ASCII)));
  }
}
