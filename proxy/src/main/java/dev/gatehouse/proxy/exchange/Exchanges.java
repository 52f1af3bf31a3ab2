package dev.gatehouse.proxy.exchange;

import dev.gatehouse.kernel.time.Ticker;
import dev.gatehouse.proxy.config.HttpTimeouts;
import dev.gatehouse.proxy.http.response.Stamp;
import dev.gatehouse.proxy.log.ConnectionLog;
import dev.gatehouse.proxy.sweep.LoopSweep;
import dev.gatehouse.proxy.upstream.pool.BackendPool;

/**
 * What all exchanges share.
 *
 * @param pool where connections to backends come from
 * @param requestIdHeader the field that names a request; empty: none
 */
public record Exchanges(
    BackendPool pool,
    HttpTimeouts timeouts,
    LoopSweep sweep,
    ConnectionLog log,
    Ticker ticker,
    String requestIdHeader) {

  /** What a response of the moment is stamped with. */
  public Stamp stamp(String requestId) {
    return new Stamp(ticker.now(), requestIdHeader, requestId);
  }
}
