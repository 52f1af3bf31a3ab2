package dev.gatehouse.proxy.http.forward;

import dev.gatehouse.kernel.address.CidrSet;
import dev.gatehouse.kernel.address.IpAddress;
import dev.gatehouse.proxy.http.Request;
import dev.gatehouse.proxy.http.WebSocketKey;

/** What is forwarded of a request where backends are told nothing of its client. */
final class Untold {

  private static final ForwardedHeaders HEADERS =
      new ForwardedHeaders(
          new ForwardingRules(CidrSet.EMPTY, ForwardingRules.Style.NONE, ""),
          () -> "id",
          () -> new WebSocketKey("AAAAAAAAAAAAAAAAAAAAAA=="));

  private Untold() {}

  static Forwarding of(Request request) {
    return HEADERS.apply(request, IpAddress.ANY_IPV4, 443);
  }
}
