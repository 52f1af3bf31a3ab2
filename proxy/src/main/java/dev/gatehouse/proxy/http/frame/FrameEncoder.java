package dev.gatehouse.proxy.http.frame;

import io.netty.handler.codec.http2.DefaultHttp2ConnectionEncoder;
import io.netty.handler.codec.http2.DefaultHttp2FrameWriter;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2ConnectionEncoder;
import io.netty.handler.codec.http2.Http2HeadersEncoder;

/** Makes what writes the frames of one connection. */
public final class FrameEncoder {

  private FrameEncoder() {}

  /**
   * An encoder that gives all streams equal shares, since priorities are advice that nobody takes
   * (RFC 9113 section 5.3.2). What the peer says of the size of fields that it takes is advice too.
   */
  public static Http2ConnectionEncoder of(Http2Connection connection) {
    connection.remote().flowController(new LevelFlowController(connection));
    return new DefaultHttp2ConnectionEncoder(
        connection, new DefaultHttp2FrameWriter(Http2HeadersEncoder.NEVER_SENSITIVE, true));
  }
}
