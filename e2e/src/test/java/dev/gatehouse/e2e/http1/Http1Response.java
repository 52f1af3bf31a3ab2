package dev.gatehouse.e2e.http1;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A response of HTTP/1, read with no mercy.
 *
 * @param head the status line and the fields
 * @param body what was framed as its content, without chunks
 * @param whole whether the body came to the end that its framing promised
 */
record Http1Response(String head, String body, boolean whole) {

  private static final int MAX_HEAD = 256 * 1024;

  /** Reads one; nothing where the other side has finished before its first byte. */
  static Optional<Http1Response> read(InputStream in, String method) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n", Math.max(0, head.length() - 4)) < 0) {
      int octet = in.read();
      if (octet < 0 && head.isEmpty()) {
        return Optional.empty();
      }
      if (octet < 0 || head.length() > MAX_HEAD) {
        throw new EOFException("half a head: " + head);
      }
      head.append((char) octet);
    }
    Http1Response bodiless = new Http1Response(head.toString(), "", true);
    if (!bodiless.head.matches("(?s)HTTP/1\\.[01] [1-9][0-9]{2} .*")) {
      throw new IOException("no status line: " + bodiless.head);
    }
    return Optional.of(bodiless.hasNoBody(method) ? bodiless : bodiless.withBody(in));
  }

  int status() {
    return Integer.parseInt(head.substring(9, 12));
  }

  boolean isInterim() {
    return status() / 100 == 1;
  }

  List<String> field(String name) {
    String start = name.toLowerCase(Locale.ROOT) + ":";
    return head.lines()
        .skip(1)
        .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(start))
        .map(line -> line.substring(start.length()).strip())
        .toList();
  }

  private boolean hasNoBody(String method) {
    return isInterim() || status() == 204 || status() == 304 || method.equals("HEAD");
  }

  private Http1Response withBody(InputStream in) throws IOException {
    List<String> length = field("content-length");
    if (field("transfer-encoding").equals(List.of("chunked"))) {
      return chunked(in);
    }
    if (length.isEmpty()) {
      return new Http1Response(head, new String(in.readAllBytes(), ISO_8859_1), true);
    }
    int count = Integer.parseInt(length.getFirst());
    String content = new String(in.readNBytes(count), ISO_8859_1);
    return new Http1Response(head, content, content.length() == count);
  }

  private Http1Response chunked(InputStream in) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    try {
      int size = Integer.parseInt(line(in), 16);
      while (size > 0) {
        all.write(in.readNBytes(size));
        line(in);
        size = Integer.parseInt(line(in), 16);
      }
      String trailer = line(in);
      while (!trailer.isEmpty()) {
        trailer = line(in);
      }
      return new Http1Response(head, all.toString(ISO_8859_1), true);
    } catch (EOFException _) {
      return new Http1Response(head, all.toString(ISO_8859_1), false);
    }
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int octet = in.read(); octet != '\n'; octet = in.read()) {
      if (octet < 0) {
        throw new EOFException("half a line: " + line);
      }
      line.append((char) octet);
    }
    return line.substring(0, Math.max(0, line.length() - 1));
  }
}
