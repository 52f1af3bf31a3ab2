package dev.gatehouse.wire.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.netty.buffer.ByteBuf;

/**
 * Writes what {@link Http1HeadParser} and {@link ChunkedBodyDecoder} read.
 *
 * <p>It needs no checks of its own: a line or a field that could break out of its place cannot be
 * made.
 */
public final class Http1Encoder {

  private static final String CRLF = "\r\n";
  private static final String LAST_CHUNK = "0\r\n";
  private static final int USUAL_HEAD = 512;

  private Http1Encoder() {}

  public static void writeRequest(ByteBuf out, Head<RequestLine> head) {
    writeHead(out, head.start().toString(), head.fields());
  }

  public static void writeResponse(ByteBuf out, Head<StatusLine> head) {
    writeHead(out, head.start().toString(), head.fields());
  }

  /**
   * One chunk with what can be read of the data, which is consumed; nothing where that is nothing,
   * since an empty chunk is the last.
   */
  public static void writeChunk(ByteBuf out, ByteBuf data) {
    if (data.isReadable()) {
      write(out, Integer.toHexString(data.readableBytes()) + CRLF);
      out.writeBytes(data);
      write(out, CRLF);
    }
  }

  public static void writeLastChunk(ByteBuf out, Fields trailer) {
    StringBuilder text = new StringBuilder(LAST_CHUNK);
    append(text, trailer);
    write(out, text.toString());
  }

  private static void writeHead(ByteBuf out, String startLine, Fields fields) {
    StringBuilder text = new StringBuilder(USUAL_HEAD).append(startLine).append(CRLF);
    append(text, fields);
    write(out, text.toString());
  }

  /** As one text: to write it piece by piece would copy each piece by itself. */
  private static void append(StringBuilder text, Fields fields) {
    for (Field field : fields) {
      text.append(field.name()).append(": ").append(field.value()).append(CRLF);
    }
    text.append(CRLF);
  }

  private static void write(ByteBuf out, String text) {
    out.writeCharSequence(text, ISO_8859_1);
  }
}
