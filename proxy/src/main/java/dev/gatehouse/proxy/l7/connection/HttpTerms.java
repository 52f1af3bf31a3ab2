package dev.gatehouse.proxy.l7.connection;

import dev.gatehouse.kernel.limit.SlidingWindow;
import dev.gatehouse.kernel.time.Ticker;
import dev.gatehouse.net.firewall.Firewall;
import dev.gatehouse.proxy.config.HttpSettings;
import dev.gatehouse.proxy.config.RequestLimits;
import dev.gatehouse.proxy.exchange.Exchanges;
import dev.gatehouse.proxy.http.forward.ForwardedHeaders;
import dev.gatehouse.proxy.http.guard.RequestGuard;
import dev.gatehouse.proxy.http.response.Stamp;
import dev.gatehouse.proxy.log.ConnectionLog;
import dev.gatehouse.proxy.sweep.LoopSweep;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/** How requests are treated; a connection keeps the terms that it began with. */
public final class HttpTerms {

  /** Clients whose requests are counted at a time. */
  private static final int COUNTED_CLIENTS = 100_000;

  private final HttpSettings settings;
  private final Exchanges exchanges;
  private final RequestGuard guard;
  private final RequestGate gate;
  private final ForwardedHeaders forwarded;
  private final AbuseLog abuses;

  /**
   * @param firewall is asked again about clients whom a trusted forwarder names
   */
  public HttpTerms(HttpSettings settings, Exchanges exchanges, Firewall firewall) {
    this.settings = settings;
    this.exchanges = exchanges;
    this.guard = new RequestGuard(settings.requests().head(), settings.requests().underscores());
    this.abuses = new AbuseLog(exchanges.ticker());
    // each thread has its own, and none is shared
    this.forwarded =
        new ForwardedHeaders(settings.forwarding(), () -> ThreadLocalRandom.current().nextLong());
    this.gate =
        new RequestGate(
            forwarded,
            firewall,
            rate(settings.requests(), exchanges.ticker()),
            settings.requests().maxBody(),
            exchanges.ticker());
  }

  private static Optional<SlidingWindow> rate(RequestLimits limits, Ticker ticker) {
    return limits.rate() == 0
        ? Optional.empty()
        : Optional.of(
            new SlidingWindow(limits.rate(), limits.rateWindow(), COUNTED_CLIENTS, ticker.nanos()));
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
