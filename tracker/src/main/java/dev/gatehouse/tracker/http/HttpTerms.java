package dev.gatehouse.tracker.http;

import dev.gatehouse.kernel.time.Ticker;
import dev.gatehouse.net.firewall.Firewall;
import dev.gatehouse.tracker.config.HttpFrontendConfig;
import dev.gatehouse.tracker.flow.Meter;
import io.netty.util.concurrent.FastThreadLocal;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * What the connections of one listener share.
 *
 * @param crowded whether connections are so many that none is kept
 * @param healthy whether the tracker can do its work
 * @param stats what people and tools are shown
 * @param retryIn what clients beyond a limit are told to wait
 */
record HttpTerms(
    HttpFrontendConfig config,
    RouteTable routes,
    RealIp realIp,
    Firewall firewall,
    Meter meter,
    Ticker ticker,
    BooleanSupplier crowded,
    Supplier<CompletionStage<Boolean>> healthy,
    StatsPage stats,
    Duration retryIn,
    Workers workers) {

  /** The worker of the loop that asks. */
  HttpWorker worker() {
    return workers.get();
  }

  /** One worker for each loop. */
  static final class Workers extends FastThreadLocal<HttpWorker> {

    private final int maxHeaderSize;

    Workers(int maxHeaderSize) {
      this.maxHeaderSize = maxHeaderSize;
    }

    @Override
    protected HttpWorker initialValue() {
      return new HttpWorker(maxHeaderSize);
    }
  }
}
