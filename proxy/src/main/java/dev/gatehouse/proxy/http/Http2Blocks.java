package dev.gatehouse.proxy.http;

import dev.gatehouse.wire.http.Field;
import dev.gatehouse.wire.http.Fields;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2Headers;

/** Writes fields as blocks of HTTP/2; what they hold is known to be sound. */
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
    return with(block(), fields.lowerCased());
  }

  private static Http2Headers block() {
    return new DefaultHttp2Headers(false);
  }

  private static Http2Headers with(Http2Headers block, Fields fields) {
    for (Field field : fields) {
      block.add(field.name(), field.value());
    }
    return block;
  }
}
