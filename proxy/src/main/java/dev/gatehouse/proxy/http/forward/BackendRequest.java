package dev.gatehouse.proxy.http.forward;

import dev.gatehouse.proxy.http.Framing;
import dev.gatehouse.proxy.http.HopByHop;
import dev.gatehouse.proxy.http.Protocol;
import dev.gatehouse.proxy.http.Request;
import dev.gatehouse.wire.http.Fields;
import dev.gatehouse.wire.http.Head;
import dev.gatehouse.wire.http.HttpVersion;
import dev.gatehouse.wire.http.RequestLine;
import java.util.List;
import java.util.Set;

/**
 * Writes the head that a backend gets: whatever is meant for it, with hop and framing made anew.
 *
 * @param forwarding what {@link ForwardedHeaders} made of the request's fields
 */
public record BackendRequest(Request request, Forwarding forwarding) {

  private static final String COOKIE = "Cookie";

  /** Methods of which servers expect a body, so that its absence must be said. */
  private static final Set<String> WITH_BODY = Set.of("PATCH", "POST", "PUT");

  /** For a backend that speaks HTTP/1.1. */
  public Head<RequestLine> http1() {
    Fields.Builder head =
        new Fields.Builder()
            .add("Host", request.authority().text())
            .add(joinedCookies(endToEnd()))
            .add(framing());
    if (request.webSocket()) {
      head.add("Connection", "Upgrade").add("Upgrade", "websocket");
    }
    return new Head<>(
        new RequestLine(request.method(), request.target(), HttpVersion.HTTP_1_1), head.build());
  }

  /**
   * For a backend that speaks HTTP/2.
   *
   * @param scheme of the connection to it, since some refuse what it is not
   */
  public Http2Request http2(String scheme) {
    Fields head = endToEnd().with(request.framing().lengthOnly());
    if (HopByHop.takesTrailers(request.fields())) {
      head = head.with("te", "trailers");
    }
    return new Http2Request(
        request.method(), scheme, request.authority().text(), request.path(), head);
  }

  private Fields endToEnd() {
    Fields kept = forwarding.fields().without(Framing.CONTENT_LENGTH);
    // a client of HTTP/1.0 cannot know what it asks for (RFC 9110 section 10.1.1)
    return request.protocol() == Protocol.HTTP_1_0 ? kept.without("Expect") : kept;
  }

  private Fields framing() {
    boolean silent = request.framing() instanceof Framing.None;
    return silent && WITH_BODY.contains(request.method())
        ? new Framing.Length(0).http1()
        : request.framing().http1();
  }

  /** HTTP/2 may split a field into crumbs, HTTP/1.1 may not (RFC 9113 section 8.2.3). */
  private Fields joinedCookies(Fields kept) {
    List<String> crumbs = kept.values(COOKIE);
    return request.protocol() == Protocol.HTTP_2 && crumbs.size() > 1
        ? kept.without(COOKIE).with(COOKIE, String.join("; ", crumbs))
        : kept;
  }
}
