package dev.gatehouse.proxy.exchange;

import dev.gatehouse.proxy.http.Request;
import dev.gatehouse.proxy.http.forward.BackendRequest;
import dev.gatehouse.proxy.http.forward.Forwarding;
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

  BackendRequest toBackend() {
    return new BackendRequest(request, forwarding);
  }
}
