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
    write(out, LAST_CHUNK);
    writeFields(out, trailer);
  }

  private static void writeHead(ByteBuf out, String startLine, Fields fields) {
    write(out, startLine);
    write(out, CRLF);
    writeFields(out, fields);
  }

  private static void writeFields(ByteBuf out, Fields fields) {
    for (Field field : fields) {
      write(out, field.name());
      write(out, ": ");
      write(out, field.value());
      write(out, CRLF);
    }
    write(out, CRLF);
  }

  private static void write(ByteBuf out, String text) {
    out.writeCharSequence(text, ISO_8859_1);
  }
}
