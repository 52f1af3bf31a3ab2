package dev.gatehouse.proxy.l7.connection;

import dev.gatehouse.proxy.exchange.ClientConnection;
import dev.gatehouse.proxy.exchange.TerminatedRoute;
import dev.gatehouse.proxy.http.Request;
import dev.gatehouse.proxy.http.guard.Verdict.Refused;
import dev.gatehouse.proxy.route.RouteName;
import dev.gatehouse.proxy.traffic.RequestTraffic.Origin;
import dev.gatehouse.wire.tls.ServerName;
import io.netty.channel.Channel;
import java.util.Optional;

/**
 * One client's connection on which TLS is spoken, and what its requests have in common.
 *
 * @param first the route to which its ClientHello has led
 */
public record L7Connection(
    HttpTerms shared,
    ClientConnection client,
    TerminatedRoute first,
    Routing routing,
    ConnectionEnd end) {

  public Channel channel() {
    return client.channel();
  }

  /** The name of its route. */
  public RouteName route() {
    return first.route().hostname();
  }

  /** The name in its ClientHello. */
  public Optional<ServerName> asked() {
    return client.hello().serverName();
  }

  /** Tells the log of a request that was answered here. */
  public void denied(Request request, int status, String requestId, String cause) {
    first.requests().responded(status, Origin.PROXY);
    if (shared.log().wants(false)) {
      shared.log().ended(DeniedRequests.line(this, request, status, requestId, cause));
    }
  }

  /** Tells the log of what was no request. */
  public void refused(Refused refused, String requestId) {
    client.traffic().refused(refused.reason());
    first.requests().responded(refused.status().code(), Origin.PROXY);
    if (shared.log().wants(false)) {
      shared.log().ended(DeniedRequests.line(this, refused, requestId));
    }
  }
}
