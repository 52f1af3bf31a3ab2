package dev.gatehouse.control.ops.http;

import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpRequestDecoder;

/**
 * Netty's decoder, without its leniency about where a body ends.
 *
 * <p>Two readers of one stream that disagree about that can be made to see different requests (RFC
 * 9112 section 11.2).
 */
final class StrictDecoder extends HttpRequestDecoder {

  StrictDecoder() {
    super(
        new HttpDecoderConfig()
            .setMaxInitialLineLength(Limits.HEADER_BYTES)
            .setMaxHeaderSize(Limits.HEADER_BYTES)
            .setMaxChunkSize(Limits.BODY_BYTES)
            .setAllowDuplicateContentLengths(false)
            .setStrictLineParsing(true)
            .setValidateHeaders(true));
  }

  @Override
  protected void handleTransferEncodingChunkedWithContentLength(HttpMessage message) {
    message.setDecoderResult(
        DecoderResult.failure(
            new IllegalArgumentException("Content-Length and Transfer-Encoding (expected: one)")));
  }
}
