package dev.gatehouse.proxy.exchange;

import dev.gatehouse.proxy.config.HttpTimeouts;
import dev.gatehouse.proxy.http.response.Response;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Finds out who keeps an exchange waiting, and whether for too long; it is asked now and then and
 * compares what it sees with what it saw.
 */
final class StallWatch {

  /** Until then a body may be as slow as it likes. */
  private static final long FIRST_RATE_NANOS = Duration.ofSeconds(10).toNanos();

  private static final String EVENTS = "text/event-stream";

  private final HttpTimeouts timeouts;
  private final boolean grpc;
  private final Duration headTimeout;
  private boolean silent;
  private boolean taking = true;
  private long begunNanos;
  private long uploadNanos;
  private long downloadNanos;
  private long uploaded;
  private long downloaded;

  /**
   * What can be seen of an exchange.
   *
   * @param fromClient bytes of the request's body
   * @param fromBackend bytes of the response's body
   * @param clientTakes whether the client takes more; if not, it is judged elsewhere
   * @param uploadEnded whether the request is whole
   * @param responding whether the head of the response was there
   * @param connected whether there is a backend
   * @param backendTakes whether the backend takes more
   */
  record Progress(
      long fromClient,
      long fromBackend,
      boolean clientTakes,
      boolean uploadEnded,
      boolean responding,
      boolean connected,
      boolean backendTakes) {}

  enum Finding {
    FINE,
    UPLOAD_STALLED,
    BACKEND_TAKES_NOTHING,
    NO_RESPONSE,
    RESPONSE_STALLED
  }

  StallWatch(HttpTimeouts timeouts, RequestContext context) {
    this.timeouts = timeouts;
    this.grpc = context.request().isGrpc();
    this.silent = grpc;
    this.headTimeout =
        context.route().route().l7().responseHeaderTimeout().orElse(timeouts.responseHeader());
  }

  /** There is a backend; whatever was waited for until now was nobody's fault. */
  void begin(long nowNanos) {
    begunNanos = nowNanos;
    moved(nowNanos);
  }

  /** The request is whole, or something else has begun that has all its time before it. */
  void uploaded(long nowNanos) {
    moved(nowNanos);
  }

  void moved(long nowNanos) {
    uploadNanos = nowNanos;
    downloadNanos = nowNanos;
  }

  /** Streams of events are silent by nature. */
  void responding(Response response, long nowNanos) {
    moved(nowNanos);
    silent |= response.fields().values("Content-Type").stream().anyMatch(StallWatch::isEvents);
  }

  private static boolean isEvents(String type) {
    return type.regionMatches(true, 0, EVENTS, 0, EVENTS.length());
  }

  Finding look(long nowNanos, Progress seen) {
    note(nowNanos, seen);
    if (!seen.connected()) {
      return Finding.FINE;
    }
    if (silent) {
      boolean still =
          isOver(timeouts.tunnel(), uploadNanos, nowNanos)
              && isOver(timeouts.tunnel(), downloadNanos, nowNanos);
      return still ? Finding.RESPONSE_STALLED : Finding.FINE;
    }
    if (!seen.uploadEnded()) {
      Finding upload = upload(nowNanos, seen);
      if (upload != Finding.FINE || !seen.responding()) {
        return upload;
      }
    }
    return download(nowNanos, seen);
  }

  private void note(long nowNanos, Progress seen) {
    // who was kept from moving has all its time again
    if (seen.fromClient() != uploaded || seen.backendTakes() != taking) {
      uploaded = seen.fromClient();
      taking = seen.backendTakes();
      uploadNanos = nowNanos;
    }
    // while the client takes nothing, the backend is not asked for more
    if (seen.fromBackend() != downloaded || !seen.clientTakes()) {
      downloaded = seen.fromBackend();
      downloadNanos = nowNanos;
    }
  }

  private Finding upload(long nowNanos, Progress seen) {
    if (!seen.backendTakes()) {
      return isOver(timeouts.sendStall(), uploadNanos, nowNanos)
          ? Finding.BACKEND_TAKES_NOTHING
          : Finding.FINE;
    }
    boolean slow = isOver(timeouts.bodyStall(), uploadNanos, nowNanos) || isTooSlow(nowNanos, seen);
    return slow ? Finding.UPLOAD_STALLED : Finding.FINE;
  }

  private boolean isTooSlow(long nowNanos, Progress seen) {
    long nanos = nowNanos - begunNanos;
    return timeouts.minBodyRate() > 0
        && nanos >= FIRST_RATE_NANOS
        && seen.fromClient() < timeouts.minBodyRate() * TimeUnit.NANOSECONDS.toSeconds(nanos);
  }

  private Finding download(long nowNanos, Progress seen) {
    if (!seen.responding()) {
      return isOver(headTimeout, downloadNanos, nowNanos) ? Finding.NO_RESPONSE : Finding.FINE;
    }
    return isOver(timeouts.responseStall(), downloadNanos, nowNanos)
        ? Finding.RESPONSE_STALLED
        : Finding.FINE;
  }

  private static boolean isOver(Duration limit, long sinceNanos, long nowNanos) {
    return limit.isPositive() && nowNanos - sinceNanos >= limit.toNanos();
  }
}
