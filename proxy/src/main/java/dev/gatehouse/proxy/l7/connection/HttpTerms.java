package dev.gatehouse.proxy.l7.connection;

import dev.gatehouse.net.firewall.Firewall;
import dev.gatehouse.proxy.config.HttpSettings;
import dev.gatehouse.proxy.exchange.Exchanges;
import dev.gatehouse.proxy.http.forward.ForwardedHeaders;
import dev.gatehouse.proxy.http.guard.RequestGuard;
import dev.gatehouse.proxy.http.response.Stamp;
import dev.gatehouse.proxy.log.ConnectionLog;
import dev.gatehouse.proxy.sweep.LoopSweep;
import java.util.concurrent.ThreadLocalRandom;

/** How requests are treated; a connection keeps the terms that it began with. */
public final class HttpTerms {

  private final HttpSettings settings;
  private final Exchanges exchanges;
  private final RequestGuard guard;
  private final RequestGate gate;
  private final ForwardedHeaders forwarded;
  private final AbuseLog abuses;

  /**
   * @param firewall is asked again about clients whom a trusted forwarder names
   * @param rate of requests of one client
   */
  public HttpTerms(
      HttpSettings settings, Exchanges exchanges, Firewall firewall, RequestRate rate) {
    this.settings = settings;
    this.exchanges = exchanges;
    this.guard = new RequestGuard(settings.requests().head(), settings.requests().underscores());
    this.abuses = new AbuseLog(exchanges.ticker());
    // each thread has its own, and none is shared
    this.forwarded =
        new ForwardedHeaders(settings.forwarding(), () -> ThreadLocalRandom.current().nextLong());
    this.gate =
        new RequestGate(
            forwarded, firewall, rate, settings.requests().maxBody(), exchanges.ticker());
  }

  public HttpSettings settings() {
    return settings;
  }

  public Exchanges exchanges() {
    return exchanges;
  }

  public RequestGuard guard() {
    return guard;
  }

  public RequestGate gate() {
    return gate;
  }

  public AbuseLog abuses() {
    return abuses;
  }

  public ConnectionLog log() {
    return exchanges.log();
  }

  public LoopSweep sweep() {
    return exchanges.sweep();
  }

  public long now() {
    return exchanges.ticker().nanos();
  }

  /** A name for a request that cannot be read. */
  public String newRequestId() {
    return forwarded.newRequestId();
  }

  /** What an answer of the moment is stamped with. */
  public Stamp stamp(String requestId) {
    return exchanges.stamp(requestId);
  }
}
