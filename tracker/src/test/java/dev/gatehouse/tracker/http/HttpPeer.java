package dev.gatehouse.tracker.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;

/** A client with a plain socket, that reads an answer as it says it is. */
public final class HttpPeer implements AutoCloseable {

  private static final int PATIENCE_MILLIS = 10_000;

  private final Socket socket;

  /**
   * What came back.
   *
   * @param head the first line and the fields
   * @param body one character a byte
   */
  public record Reply(String head, String body) {

    public int status() {
      return Integer.parseInt(head.split(" ", -1)[1]);
    }
  }

  public HttpPeer(int port) throws IOException {
    this(new Socket(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port));
  }

  public HttpPeer(Socket socket) throws IOException {
    this.socket = socket;
    socket.setSoTimeout(PATIENCE_MILLIS);
  }

  public void send(String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(ISO_8859_1));
  }

  public Reply get(String target) throws IOException {
    send("GET " + target + " HTTP/1.1\r\nHost: x\r\n\r\n");
    return receive();
  }

  public Reply receive() throws IOException {
    String head = head();
    int length = 0;
    for (String line : head.split("\r\n", -1)) {
      if (line.startsWith("Content-Length: ")) {
        length = Integer.parseInt(line.substring("Content-Length: ".length()));
      }
    }
    return new Reply(head, new String(socket.getInputStream().readNBytes(length), ISO_8859_1));
  }

  /** A head alone, of an answer to HEAD. */
  public String head() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    InputStream in = socket.getInputStream();
    while (!bytes.toString(ISO_8859_1).endsWith("\r\n\r\n")) {
      int octet = in.read();
      if (octet < 0) {
        throw new IOException("closed after: " + bytes);
      }
      bytes.write(octet);
    }
    return bytes.toString(ISO_8859_1);
  }

  /** Whether the other side ends the connection, without another byte. */
  public boolean isEnded() throws IOException {
    try {
      return socket.getInputStream().read() < 0;
    } catch (java.net.SocketException reset) {
      return true;
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
