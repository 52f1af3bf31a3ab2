package dev.gatehouse.proxy.exchange;

import dev.gatehouse.kernel.time.Ticker;
import dev.gatehouse.net.splice.SpliceRelay.Side;
import dev.gatehouse.proxy.http.Request;
import dev.gatehouse.proxy.log.ConnectionLog;
import dev.gatehouse.proxy.log.RequestEnded;
import dev.gatehouse.proxy.traffic.RequestTraffic;
import dev.gatehouse.proxy.traffic.RequestTraffic.Origin;
import dev.gatehouse.proxy.upstream.Backend;
import java.util.concurrent.TimeUnit;

/** What there is to tell of one exchange when it is over. */
final class ExchangeRecord {

  static final String CLIENT_GONE = "client_gone";

  private final RequestContext context;
  private final Ticker ticker;
  private final long begunNanos;
  private long openedNanos;
  private long headNanos;
  private long clientBytes;
  private long backendBytes;
  private String backend = "";
  private int status;
  private int retries;
  private Origin origin = Origin.PROXY;

  ExchangeRecord(RequestContext context, Ticker ticker) {
    this.context = context;
    this.ticker = ticker;
    begunNanos = ticker.nanos();
    openedNanos = begunNanos;
    headNanos = begunNanos;
  }

  /** When the request was there. */
  long begunNanos() {
    return begunNanos;
  }

  void opened(Backend by, long nowNanos) {
    openedNanos = nowNanos;
    backend = by.toString();
  }

  void retried() {
    retries++;
  }

  int retries() {
    return retries;
  }

  void fromClient(int bytes) {
    clientBytes += bytes;
    context.route().traffic().received(Side.CLIENT, bytes);
  }

  void fromBackend(int bytes) {
    backendBytes += bytes;
    context.route().traffic().received(Side.BACKEND, bytes);
  }

  long clientBytes() {
    return clientBytes;
  }

  long backendBytes() {
    return backendBytes;
  }

  /** The backend has answered. */
  void responded(int code, long nowNanos) {
    head(code, Origin.BACKEND, nowNanos);
  }

  /** The proxy answers itself. */
  void answered(int code) {
    head(code, Origin.PROXY, ticker.nanos());
  }

  private void head(int code, Origin by, long nowNanos) {
    headNanos = nowNanos;
    status = code;
    origin = by;
    context.route().requests().responded(code, by);
  }

  void ended(String cause, ConnectionLog log) {
    long nanos = ticker.nanos() - begunNanos;
    context.route().requests().ended(nanos);
    if (log.wants(cause.isEmpty())) {
      log.ended(new RequestEnded(who(), what(), how(nanos, cause)));
    }
  }

  private RequestEnded.Who who() {
    return context.from().forLog();
  }

  private RequestEnded.What what() {
    Request request = context.request();
    return new RequestEnded.What(
        context.forwarding().requestId(),
        context.route().route().hostname().toString(),
        RequestTraffic.Kind.of(request).label(),
        request.method(),
        request.authority().text(),
        request.target(),
        request.fields().only("User-Agent").orElse(""),
        request.fields().only("Referer").orElse(""));
  }

  private RequestEnded.How how(long nanos, String cause) {
    return new RequestEnded.How(
        backend,
        status,
        origin.label(),
        millis(nanos),
        millis(openedNanos - begunNanos),
        millis(headNanos - begunNanos),
        retries,
        clientBytes,
        backendBytes,
        cause);
  }

  private static long millis(long nanos) {
    return TimeUnit.NANOSECONDS.toMillis(nanos);
  }
}
