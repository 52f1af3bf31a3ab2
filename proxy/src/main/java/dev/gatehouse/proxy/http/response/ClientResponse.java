package dev.gatehouse.proxy.http.response;

import dev.gatehouse.proxy.http.Framing;
import dev.gatehouse.proxy.http.Protocol;
import dev.gatehouse.proxy.http.Request;
import dev.gatehouse.proxy.http.WebSocketKey;
import dev.gatehouse.proxy.http.response.ResponseVerdict.Interim;
import dev.gatehouse.proxy.http.response.ResponseVerdict.Switching;
import dev.gatehouse.wire.http.Fields;
import dev.gatehouse.wire.http.Head;
import dev.gatehouse.wire.http.HttpVersion;
import dev.gatehouse.wire.http.StatusLine;
import java.util.Optional;

/** Writes the heads that the client of one request gets, with hop and framing made anew. */
public record ClientResponse(Request request, Stamp stamp) {

  private static final String CONNECTION = "Connection";
  private static final String CLOSE = "close";

  private static final int OK = 200;

  /** The status of an upgrade (RFC 9110 section 15.2.2). */
  public static final int SWITCHING_PROTOCOLS = 101;

  /**
   * A response for a client of HTTP/1.
   *
   * @param last whether the connection ends with it
   */
  public Head<StatusLine> http1(Response response, boolean last) {
    Fields.Builder fields = stamped(response).add(framing(response));
    if (last) {
      fields.add(CONNECTION, CLOSE);
    }
    return head(response.status(), response.reason(), fields.build());
  }

  /** A response for a client of HTTP/2. */
  public Http2Response http2(Response response) {
    Fields fields = stamped(response).add(response.framing().lengthOnly()).build();
    return new Http2Response(response.status(), fields);
  }

  /** An interim response; nothing for HTTP/1.0, which knows none (RFC 9110 section 15.2). */
  public Optional<Head<StatusLine>> http1(Interim interim) {
    return request.protocol() == Protocol.HTTP_1_0
        ? Optional.empty()
        : Optional.of(head(interim.status(), "", interim.fields()));
  }

  /** An interim response for HTTP/2. */
  public Http2Response http2(Interim interim) {
    return new Http2Response(interim.status(), interim.fields());
  }

  /** The switch to WebSocket. */
  public Head<StatusLine> http1(Switching switching) {
    return head(
        SWITCHING_PROTOCOLS,
        "Switching Protocols",
        switching.fields().with(CONNECTION, "Upgrade").with("Upgrade", "websocket"));
  }

  /** The same for HTTP/2, where the stream is the proof of it (RFC 8441 section 5). */
  public Http2Response http2(Switching switching) {
    return new Http2Response(OK, switching.fields().without(WebSocketKey.ANSWER));
  }

  private Fields.Builder stamped(Response response) {
    return new Fields.Builder().add(response.fields()).add(stamp.missingIn(response.fields()));
  }

  private Fields framing(Response response) {
    return switch (response.framing()) {
      case Framing.None() ->
          request.endsWithHead(response.status()) ? Fields.NONE : new Framing.Length(0).http1();
      case Framing.Length length -> length.http1();
      case Framing.Streamed(), Framing.UntilClose() ->
          request.protocol() == Protocol.HTTP_1_0 ? Fields.NONE : new Framing.Streamed().http1();
    };
  }

  private static Head<StatusLine> head(int status, String reason, Fields fields) {
    return new Head<>(new StatusLine(HttpVersion.HTTP_1_1, status, reason), fields);
  }
}
