package dev.gatehouse.proxy.l7.connection;

import dev.gatehouse.kernel.address.IpAddress;
import dev.gatehouse.kernel.time.Ticker;
import dev.gatehouse.net.firewall.Firewall;
import dev.gatehouse.proxy.exchange.ClientConnection;
import dev.gatehouse.proxy.exchange.RequestContext;
import dev.gatehouse.proxy.exchange.TerminatedRoute;
import dev.gatehouse.proxy.http.ErrorStatus;
import dev.gatehouse.proxy.http.Request;
import dev.gatehouse.proxy.http.forward.ForwardedHeaders;
import dev.gatehouse.proxy.http.forward.Forwarding;
import dev.gatehouse.proxy.http.guard.RefusalReason;
import dev.gatehouse.proxy.route.L7Policy;
import dev.gatehouse.proxy.route.RouteName;
import dev.gatehouse.proxy.traffic.ListenerTraffic;
import dev.gatehouse.proxy.traffic.ListenerTraffic.Dropped;
import java.util.Optional;

/**
 * Decides about each request that is well formed: whether it is for the route of its connection,
 * what its backend is told of the client, and whether that client may ask.
 */
public final class RequestGate {

  private final ForwardedHeaders forwarded;
  private final Firewall firewall;
  private final RequestRate rate;
  private final long maxBody;
  private final Ticker ticker;

  /** What is decided. */
  public sealed interface Decision {

    /** It goes on. */
    record Admitted(RequestContext context) implements Decision {}

    /**
     * It is answered here.
     *
     * @param lost whether the route of the connection is gone, so that none of its requests can be
     *     served any more
     */
    record Denied(ErrorStatus status, String requestId, String cause, boolean lost)
        implements Decision {}
  }

  /**
   * @param rate of requests of one client
   * @param maxBody of routes without a limit of their own; 0 is none
   */
  RequestGate(
      ForwardedHeaders forwarded,
      Firewall firewall,
      RequestRate rate,
      long maxBody,
      Ticker ticker) {
    this.forwarded = forwarded;
    this.firewall = firewall;
    this.rate = rate;
    this.maxBody = maxBody;
    this.ticker = ticker;
  }

  /** Decides about one request, in the order of the specification (section 2.11). */
  public Decision decide(L7Connection connection, Request request) {
    ClientConnection from = connection.client();
    Forwarding forwarding =
        forwarded.apply(request, from.client().address(), connection.client().port());
    ListenerTraffic counts = from.traffic();
    counts.dropped(Dropped.HOP_BY_HOP, forwarding.hopByHop());
    counts.dropped(Dropped.SPOOFED_FORWARDING, forwarding.spoofed());
    RouteName own = connection.route();
    Optional<TerminatedRoute> found =
        connection
            .routing()
            .find(request.authority())
            .filter(route -> route.route().hostname().equals(own));
    if (found.isEmpty()) {
      counts.refused(RefusalReason.AUTHORITY);
      return new Decision.Denied(
          ErrorStatus.MISDIRECTED_REQUEST,
          forwarding.requestId(),
          RefusalReason.AUTHORITY.label(),
          !connection.routing().has(own));
    }
    return decide(new RequestContext(from, found.get(), request, forwarding, maxBody(found.get())));
  }

  private Decision decide(RequestContext context) {
    IpAddress client = context.forwarding().client();
    boolean other = !client.equals(context.from().client().address());
    if (other && firewall.blockedByRule(client).isPresent()) {
      return denied(ErrorStatus.FORBIDDEN, context, "firewall");
    }
    if (!rate.tryTake(client, ticker.nanos())) {
      context.from().traffic().refused(RefusalReason.RATE);
      return denied(ErrorStatus.TOO_MANY_REQUESTS, context, RefusalReason.RATE.label());
    }
    Optional<L7Policy> unmet = context.route().policies().firstUnmet(context.request());
    if (unmet.isPresent()) {
      context.route().requests().blocked(unmet.get().type());
      return denied(ErrorStatus.FORBIDDEN, context, unmet.get().type().label());
    }
    return new Decision.Admitted(context);
  }

  private static Decision denied(ErrorStatus status, RequestContext context, String cause) {
    return new Decision.Denied(status, context.forwarding().requestId(), cause, false);
  }

  private long maxBody(TerminatedRoute route) {
    return route.route().l7().maxRequestBody().orElse(maxBody);
  }
}
