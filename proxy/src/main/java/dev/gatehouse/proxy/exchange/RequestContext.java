package dev.gatehouse.proxy.exchange;

import dev.gatehouse.proxy.http.Protocol;
import dev.gatehouse.proxy.http.Request;
import dev.gatehouse.proxy.http.WebSocketKey;
import dev.gatehouse.proxy.http.forward.BackendRequest;
import dev.gatehouse.proxy.http.forward.Forwarding;
import dev.gatehouse.proxy.http.response.ResponseVerdict.Switching;
import dev.gatehouse.proxy.upstream.pool.Asking;

/**
 * A request that may go on: whose it is, where it goes, and what its backend is told.
 *
 * @param maxBody bytes that it may bring; 0 is any number
 */
public record RequestContext(
    ClientConnection from,
    TerminatedRoute route,
    Request request,
    Forwarding forwarding,
    long maxBody) {

  Asking asking() {
    return new Asking(
        route.upstream(), request, from.channel(), from.hello(), from.alpn(), from.tls());
  }

  /** Whether the answer is one to the key that the proxy has made; clients look at their own. */
  boolean isAnsweredBy(Switching switching) {
    return request.protocol() != Protocol.HTTP_2
        || forwarding
            .fields()
            .only(WebSocketKey.NAME)
            .filter(key -> new WebSocketKey(key).isAnsweredBy(switching.fields()))
            .isPresent();
  }

  BackendRequest toBackend() {
    return new BackendRequest(request, forwarding);
  }
}
