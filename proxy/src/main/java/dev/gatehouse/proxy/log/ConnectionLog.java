package dev.gatehouse.proxy.log;

import dev.gatehouse.net.accesslog.AccessLog;
import dev.gatehouse.proxy.config.ProxySettings.AccessLogging;

/** Tells the access log of connections, as far as the operator wants to know. */
public final class ConnectionLog {

  private final AccessLog log;
  private final AccessLogging wanted;

  public ConnectionLog(AccessLog log, AccessLogging wanted) {
    this.log = log;
    this.wanted = wanted;
  }

  /** Whether a connection that ended so is to be told of, before anything is made for it. */
  public boolean wants(boolean orderly) {
    return switch (wanted) {
      case OFF -> false;
      case ERRORS -> !orderly;
      case ALL -> true;
    };
  }

  /** A connection had a route and has come to its end. */
  public void ended(ConnectionEnded connection) {
    log.offer(connection);
  }

  /** A request has come to its end. */
  public void ended(RequestEnded request) {
    log.offer(request);
  }

  /** A connection was read and found no route. */
  public void refused(ConnectionRefused connection) {
    if (wants(false)) {
      log.offer(connection);
    }
  }
}
