package dev.gatehouse.proxy.http;

import dev.gatehouse.wire.http.Field;
import dev.gatehouse.wire.http.Fields;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.util.AsciiString;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Writes fields as blocks of HTTP/2, their names in lower case (RFC 9113 section 8.2); what they
 * hold is known to be sound.
 */
public final class Http2Blocks {

  private Http2Blocks() {}

  /** The head of a response. */
  public static Http2Headers response(int status, Fields fields) {
    return with(block().status(Integer.toString(status)), fields);
  }

  /** The head of a request. */
  public static Http2Headers request(
      String method, String scheme, String authority, String path, Fields fields) {
    return with(block().method(method).scheme(scheme).authority(authority).path(path), fields);
  }

  /** What comes after a body. */
  public static Http2Headers trailer(Fields fields) {
    return with(block(), fields);
  }

  private static Http2Headers block() {
    return new DefaultHttp2Headers(false);
  }

  /** In the form that the codec compares and copies as a whole; one byte for each character. */
  private static AsciiString ascii(String text) {
    return new AsciiString(text.getBytes(StandardCharsets.ISO_8859_1), false);
  }

  private static Http2Headers with(Http2Headers block, Fields fields) {
    for (Field field : fields) {
      block.add(ascii(field.name().toLowerCase(Locale.ROOT)), ascii(field.value()));
    }
    return block;
  }
}
