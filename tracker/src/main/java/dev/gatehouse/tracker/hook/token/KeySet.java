package dev.gatehouse.tracker.hook.token;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import dev.gatehouse.kernel.metric.EventCounters;
import dev.gatehouse.kernel.metric.Metric;
import dev.gatehouse.kernel.time.Ticker;
import dev.gatehouse.tracker.config.HookConfig.Jwt;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.text.ParseException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys that tokens are checked with, fetched from where the issuer publishes them (RFC 7517).
 *
 * <p>A fetch that fails leaves the keys as they are. Until one has succeeded it is tried again
 * soon, however seldom keys are to be fetched afterwards: else an issuer that starts after us would
 * never be heard of.
 */
final class KeySet {

  private static final Logger log = LoggerFactory.getLogger(KeySet.class);
  private static final Duration FETCH_TIMEOUT = Duration.ofMinutes(1);
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
  private static final Duration FIRST_RETRY = Duration.ofSeconds(1);
  private static final Duration LAST_RETRY = Duration.ofMinutes(1);
  private static final Duration BETWEEN_UNKNOWN = Duration.ofMinutes(1);
  private static final int MAX_BYTES = 1 << 20;
  private static final int OK = 200;

  private final Jwt config;
  private final Ticker ticker;
  private final LongAdder errors;
  private @Nullable HttpClient client;
  private @Nullable ScheduledExecutorService thread;
  private volatile List<JWK> keys = List.of();
  private volatile boolean closed;
  private volatile boolean fetched;
  private Duration retry = FIRST_RETRY;
  private boolean asked;
  private long askedNanos;

  KeySet(Jwt config, Ticker ticker, EventCounters counters) {
    this.config = config;
    this.ticker = ticker;
    errors = counters.counter(Metric.TRACKER_JWKS_ERRORS, config.name());
  }

  /** Fetches once and goes on in the background. */
  void start() {
    client = HttpClient.newBuilder().connectTimeout(CONNECT_TIMEOUT).build();
    thread =
        Executors.newSingleThreadScheduledExecutor(Thread.ofVirtual().name("key-set").factory());
    fetchAndGoOn();
  }

  void close() {
    closed = true;
    if (thread != null) {
      thread.shutdownNow();
    }
    if (client != null) {
      client.shutdownNow();
    }
  }

  List<JWK> keys() {
    return keys;
  }

  /** Told that a token names a key that is not there; it may be new. */
  synchronized void missed() {
    long now = ticker.nanos();
    if (thread != null && (!asked || now - askedNanos >= BETWEEN_UNKNOWN.toNanos())) {
      asked = true;
      askedNanos = now;
      thread.execute(this::fetch);
    }
  }

  private void fetchAndGoOn() {
    fetch();
    Duration next = config.updateInterval();
    if (!fetched) {
      next = retry;
      Duration doubled = retry.multipliedBy(2);
      retry = doubled.compareTo(LAST_RETRY) < 0 ? doubled : LAST_RETRY;
    }
    ScheduledExecutorService running = thread;
    if (next.isPositive() && running != null && !running.isShutdown()) {
      running.schedule(this::fetchAndGoOn, next.toNanos(), TimeUnit.NANOSECONDS);
    }
  }

  /**
   * Fetches once, in the calling thread.
   *
   * @return why that failed; the empty text if it did not
   */
  String fetch() {
    try {
      keys = List.copyOf(JWKSet.parse(text()).getKeys());
      fetched = true;
      return "";
    } catch (IOException | ParseException e) {
      // what the end of the tracker cuts off has not failed
      if (!closed) {
        failed(e);
      }
      return String.valueOf(e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "interrupted";
    }
  }

  private void failed(Exception cause) {
    errors.increment();
    log.atWarn()
        .setMessage("jwks_refresh_failed")
        .addKeyValue("component", "tracker/hook")
        .addKeyValue("hook", config.name())
        .addKeyValue("url", config.keys())
        .addKeyValue("err", String.valueOf(cause.getMessage()))
        .log();
  }

  private String text() throws IOException, InterruptedException {
    HttpClient open = client;
    if (open == null) {
      throw new IOException("not started");
    }
    HttpRequest request = HttpRequest.newBuilder(config.keys()).timeout(FETCH_TIMEOUT).build();
    HttpResponse<InputStream> response =
        open.send(request, HttpResponse.BodyHandlers.ofInputStream());
    try (InputStream body = response.body()) {
      byte[] bytes = body.readNBytes(MAX_BYTES + 1);
      if (response.statusCode() != OK) {
        throw new IOException("status: " + response.statusCode() + " (expected: " + OK + ")");
      }
      if (bytes.length > MAX_BYTES) {
        throw new IOException("more than " + MAX_BYTES + " bytes");
      }
      return new String(bytes, UTF_8);
    }
  }
}
