package dev.gatehouse.relay.push;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.kernel.metric.EventCounters;
import dev.gatehouse.kernel.metric.Histogram;
import dev.gatehouse.kernel.metric.Metric;
import dev.gatehouse.kernel.time.Ticker;
import dev.gatehouse.relay.config.PushSettings;
import dev.gatehouse.relay.limit.TokenBuckets;
import dev.gatehouse.relay.log.RelayLog;
import dev.gatehouse.relay.registry.ServerId;
import dev.gatehouse.wire.envelope.PushWake;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Wakes devices by Firebase Cloud Messaging, each on a thread of its own that outlives the
 * connection which asked; never twice, and never with a queue.
 */
public final class FcmWaker implements Waker {

  private static final String PLATFORM = "fcm";

  /** Longer than any that the service gives out. */
  private static final int MAX_TOKEN_BYTES = 4096;

  private static final int MAX_KEYS = 65_536;
  private static final int FINGERPRINT_BYTES = 4;
  private static final long CLOSE_SECONDS = 5;

  /** What the predecessor sent to. */
  private static final String DEFAULT_PROJECT = "pyrycode-mobile";

  private static final List<String> OUTCOMES =
      List.of("sent", "unregistered", "token_fetch_failed", "send_failed");

  private final Https https;
  private final FcmSender sender;
  private final TokenBuckets<ServerId> rates;
  private final int maxInFlight;
  private final Semaphore inFlight;
  private final ExecutorService threads;
  private final EventCounters counters;
  private final RelayLog log;
  private final Ticker ticker;
  private volatile boolean closing;

  public FcmWaker(
      ServiceAccount account,
      PushSettings settings,
      EventCounters counters,
      RelayLog log,
      Ticker ticker) {
    this.counters = counters;
    this.log = log;
    this.ticker = ticker;
    https = new Https(settings.timeout());
    String project = settings.project().or(account::project).orElse(DEFAULT_PROJECT);
    sender =
        new FcmSender(
            settings.endpoint(), project, new AccessTokens(account, https, ticker), https);
    rates = new TokenBuckets<>(settings.burst(), settings.refill(), MAX_KEYS, ticker.nanos());
    maxInFlight = settings.maxInFlight();
    inFlight = new Semaphore(maxInFlight);
    threads = Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("wake-", 0).factory());
    OUTCOMES.forEach(this::prepare);
    counters.counter(Metric.RELAY_PUSH_WAKES, "dropped").add(0);
  }

  private void prepare(String outcome) {
    counters.counter(Metric.RELAY_PUSH_WAKES, outcome).add(0);
    Histogram _ = counters.histogram(Metric.RELAY_PUSH_DURATION_SECONDS, outcome);
  }

  @Override
  public Optional<WakeRefusal> wake(ServerId id, Optional<PushWake> wake) {
    Optional<WakeRefusal> refusal = refuse(id, wake);
    if (refusal.isPresent()) {
      count(refusal.get());
      return refusal;
    }
    String token = wake.map(PushWake::token).orElse("");
    threads.execute(() -> send(id, token));
    return Optional.empty();
  }

  private Optional<WakeRefusal> refuse(ServerId id, Optional<PushWake> wake) {
    if (closing) {
      return Optional.of(WakeRefusal.OFF);
    }
    if (wake.isEmpty()) {
      return Optional.of(WakeRefusal.MALFORMED);
    }
    if (!wake.get().platform().equals(PLATFORM)) {
      return Optional.of(WakeRefusal.PLATFORM);
    }
    int length = wake.get().token().getBytes(UTF_8).length;
    if (length == 0 || length > MAX_TOKEN_BYTES) {
      return Optional.of(WakeRefusal.TOKEN);
    }
    if (rates.tryTake(id, ticker.nanos()) > 0) {
      return Optional.of(WakeRefusal.RATE);
    }
    return inFlight.tryAcquire() ? Optional.empty() : Optional.of(WakeRefusal.IN_FLIGHT);
  }

  private void count(WakeRefusal why) {
    counters.counter(Metric.RELAY_PUSH_REFUSED, why.label()).increment();
    switch (why) {
      case RATE, IN_FLIGHT -> counters.counter(Metric.RELAY_PUSH_WAKES, "dropped").increment();
      case OFF, MALFORMED, PLATFORM, TOKEN -> {}
    }
  }

  private void send(ServerId id, String token) {
    try {
      long began = ticker.nanos();
      Sent sent = sender.send(token);
      told(id, fingerprint(token), Duration.ofNanos(ticker.nanos() - began), sent);
    } finally {
      inFlight.release();
    }
  }

  private void told(ServerId id, String fingerprint, Duration took, Sent sent) {
    counters.counter(Metric.RELAY_PUSH_WAKES, sent.outcome()).increment();
    counters
        .histogram(Metric.RELAY_PUSH_DURATION_SECONDS, sent.outcome())
        .record((double) took.toNanos() / TimeUnit.SECONDS.toNanos(1));
    switch (sent) {
      case Sent.Delivered(String name) -> log.pushWakeSent(id.text(), fingerprint, took, name);
      case Sent.Unregistered(String error) ->
          log.pushWakeFailed(id.text(), fingerprint, took, error);
      case Sent.NoAccess() -> log.pushWakeFailed(id.text(), fingerprint, took, "no access token");
      case Sent.Failed(String error) -> log.pushWakeFailed(id.text(), fingerprint, took, error);
    }
  }

  /** Enough to find two wakes of one device, and nothing to wake it with. */
  static String fingerprint(String token) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(token.getBytes(UTF_8));
      return HexFormat.of().formatHex(digest, 0, FINGERPRINT_BYTES);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** Wakes on their way. */
  public int inFlight() {
    return maxInFlight - inFlight.availablePermits();
  }

  /** Forgets the server-ids that may send as many as any other. */
  public void sweep() {
    rates.sweep(ticker.nanos());
  }

  /** Ends by itself when all that is on its way has arrived; from now on another one is asked. */
  public void retire() {
    Thread.ofVirtual()
        .name("wake-last")
        .start(
            () -> {
              inFlight.acquireUninterruptibly(maxInFlight);
              threads.shutdown();
              https.close();
            });
  }

  /** Sends nothing more, cuts off what is on its way, and waits for its last words. */
  public void close() throws InterruptedException {
    closing = true;
    threads.shutdownNow();
    boolean _ = threads.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS);
    https.close();
  }
}
