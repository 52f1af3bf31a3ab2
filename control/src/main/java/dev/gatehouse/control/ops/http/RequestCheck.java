package dev.gatehouse.control.ops.http;

import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is wrong with a request's header, if anything. */
final class RequestCheck {

  /** {@code ": "} and CRLF around name and value. */
  private static final int HEADER_EXTRA = 4;

  /** Two blanks and CRLF in the request line, and the CRLF that ends the header. */
  private static final int LINE_EXTRA = 6;

  private RequestCheck() {}

  static Optional<HttpResponseStatus> error(HttpRequest request) {
    if (request.decoderResult().isFailure()) {
      return Optional.of(undecodable(request.decoderResult()));
    }
    if (bytes(request) > Limits.HEADER_BYTES) {
      return Optional.of(HttpResponseStatus.REQUEST_HEADER_FIELDS_TOO_LARGE);
    }
    HttpVersion version = request.protocolVersion();
    if (!version.equals(HttpVersion.HTTP_1_1) && !version.equals(HttpVersion.HTTP_1_0)) {
      return Optional.of(HttpResponseStatus.HTTP_VERSION_NOT_SUPPORTED);
    }
    if (request.headers().getAll(HttpHeaderNames.HOST).size() > 1 || hasBadFraming(request)) {
      return Optional.of(HttpResponseStatus.BAD_REQUEST);
    }
    return body(request);
  }

  static HttpResponseStatus undecodable(DecoderResult result) {
    Throwable cause = result.cause();
    return cause instanceof TooLongHttpHeaderException || cause instanceof TooLongHttpLineException
        ? HttpResponseStatus.REQUEST_HEADER_FIELDS_TOO_LARGE
        : HttpResponseStatus.BAD_REQUEST;
  }

  private static Optional<HttpResponseStatus> body(HttpRequest request) {
    if (request.headers().contains(HttpHeaderNames.EXPECT)) {
      return Optional.of(HttpResponseStatus.EXPECTATION_FAILED);
    }
    return HttpUtil.getContentLength(request, 0L) > Limits.BODY_BYTES
        ? Optional.of(HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE)
        : Optional.empty();
  }

  /** Any coding but a single {@code chunked}, or one that HTTP/1.0 does not know. */
  private static boolean hasBadFraming(HttpRequest request) {
    List<String> codings = request.headers().getAll(HttpHeaderNames.TRANSFER_ENCODING);
    if (codings.isEmpty()) {
      return false;
    }
    return codings.size() > 1
        || !HttpHeaderValues.CHUNKED.contentEqualsIgnoreCase(codings.getFirst())
        || request.protocolVersion().equals(HttpVersion.HTTP_1_0);
  }

  /** As it would be written without superfluous blanks; the decoder bounds the rest. */
  private static int bytes(HttpRequest request) {
    int bytes =
        LINE_EXTRA
            + request.method().name().length()
            + request.uri().length()
            + request.protocolVersion().text().length();
    HttpHeaders headers = request.headers();
    for (Map.Entry<String, String> header : headers) {
      bytes += header.getKey().length() + header.getValue().length() + HEADER_EXTRA;
    }
    return bytes;
  }
}
