package dev.gatehouse.e2e.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** One request as a backend gets it, and the means to answer it. */
public final class Exchange {

  private static final int MAX_HEAD = 256 * 1024;
  private static final int GIB = 1 << 30;
  private static final int CHUNK = 64 * 1024;

  private final String head;
  private final InputStream in;
  private final OutputStream out;
  private byte[] body = {};
  private boolean complete;

  private Exchange(String head, InputStream in, OutputStream out) {
    this.head = head;
    this.in = in;
    this.out = out;
  }

  /** Reads the next head; nothing where the client has finished. */
  static Optional<Exchange> next(InputStream in, OutputStream out) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n", Math.max(0, head.length() - 4)) < 0) {
      int octet = in.read();
      if (octet < 0) {
        return Optional.empty();
      }
      head.append((char) octet);
      if (head.length() > MAX_HEAD) {
        throw new IOException("a head without end");
      }
    }
    return Optional.of(new Exchange(head.toString(), in, out));
  }

  /** The request line and the fields, as they came, up to the empty line. */
  public String head() {
    return head;
  }

  /** The request line. */
  public String line() {
    return head.substring(0, head.indexOf("\r\n"));
  }

  /** What was asked for, as it came. */
  public String target() {
    String[] parts = line().split(" ", -1);
    return parts.length > 1 ? parts[1] : "";
  }

  /** The values of a field, in the order in which they came. */
  public List<String> field(String name) {
    String start = name.toLowerCase(Locale.ROOT) + ":";
    return head.lines()
        .skip(1)
        .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(start))
        .map(line -> line.substring(start.length()).strip())
        .toList();
  }

  /** Reads the body to its end. */
  public byte[] body() throws IOException {
    if (!complete) {
      body = field("transfer-encoding").isEmpty() ? counted() : chunked();
      complete = true;
    }
    return body.clone();
  }

  /** Whether all of it has been read. */
  public boolean isComplete() {
    return complete;
  }

  /** Sends bytes as they are. */
  public void send(byte[] bytes) throws IOException {
    out.write(bytes);
    out.flush();
  }

  /** Sends text, a byte for each character. */
  public void send(String text) throws IOException {
    send(text.getBytes(ISO_8859_1));
  }

  /** Sends a whole response. */
  public void answer(int status, byte[] content) throws IOException {
    send("HTTP/1.1 " + status + " Fine\r\nContent-Length: " + content.length + "\r\n\r\n");
    if (!line().startsWith("HEAD ")) {
      send(content);
    }
  }

  /** Answers with a gigabyte, or as much of it as anybody takes; how much that was. */
  public int flood() {
    int sent = 0;
    try {
      send("HTTP/1.1 200 Fine\r\nContent-Length: " + GIB + "\r\n\r\n");
      while (sent < GIB) {
        send(new byte[CHUNK]);
        sent += CHUNK;
      }
    } catch (IOException _) {
      // thrown out before the end, as the number says
    }
    return sent;
  }

  /** Ends the connection with what has been sent. */
  public void close() throws IOException {
    out.close();
  }

  private byte[] counted() throws IOException {
    List<String> length = field("content-length");
    return length.isEmpty() ? new byte[0] : exactly(Integer.parseInt(length.getFirst()));
  }

  private byte[] chunked() throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    int size = Integer.parseInt(textLine(), 16);
    while (size > 0) {
      all.write(exactly(size));
      textLine();
      size = Integer.parseInt(textLine(), 16);
    }
    String trailer = textLine();
    while (!trailer.isEmpty()) {
      trailer = textLine();
    }
    return all.toByteArray();
  }

  private byte[] exactly(int count) throws IOException {
    byte[] bytes = in.readNBytes(count);
    if (bytes.length < count) {
      throw new EOFException("a body of " + bytes.length + " bytes (expected: " + count + ")");
    }
    return bytes;
  }

  private String textLine() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int octet = in.read(); octet != '\n'; octet = in.read()) {
      if (octet < 0) {
        throw new EOFException("a line without end");
      }
      line.append((char) octet);
    }
    return line.substring(0, Math.max(0, line.length() - 1));
  }
}
