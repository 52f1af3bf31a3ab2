package dev.gatehouse.proxy.l7.http2;

import dev.gatehouse.wire.http.Field;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import java.util.Map;

/**
 * Decodes the blocks of requests, and more of them than is announced: what is a little too large
 * can be answered, what is far too large ends the connection.
 */
final class RequestBlocks extends DefaultHttp2HeadersDecoder {

  /** A larger block is not answered any more; its stream is reset. */
  private static final long ANSWERED = 100 * 1024;

  private static final String CONTENT_LENGTH = "content-length";

  /** Nobody sends that by mistake. */
  private static final long MOST = 125 * 1024;

  /** The codec alone sees in which order fields came, so it refuses what the order makes wrong. */
  RequestBlocks() {
    super(true, MOST);
  }

  /** The codec sets what was announced, once the client has acknowledged it. */
  @Override
  public void maxHeaderListSize(long max, long goAwayMax) throws Http2Exception {
    super.maxHeaderListSize(MOST, MOST);
  }

  /** The codec makes one length of several equal ones, which is one too few to be refused. */
  @Override
  public Http2Headers decodeHeaders(int stream, ByteBuf block) throws Http2Exception {
    Http2Headers fields = super.decodeHeaders(stream, block);
    if (fields.getAll(CONTENT_LENGTH).size() > 1) {
      throw Http2Exception.streamError(stream, Http2Error.PROTOCOL_ERROR, "content-length");
    }
    return fields;
  }

  /** Whether a block is so large that its stream is not worth an answer. */
  static boolean isTooLarge(Http2Headers block) {
    long size = 0;
    for (Map.Entry<CharSequence, CharSequence> field : block) {
      size += field.getKey().length() + field.getValue().length() + Field.OVERHEAD;
    }
    return size > ANSWERED;
  }

  /** Whether a connection ends since a block was far too large; the codec has but words for it. */
  static boolean isTooLarge(Throwable cause) {
    return String.valueOf(cause.getMessage()).startsWith("Header size exceeded");
  }
}
