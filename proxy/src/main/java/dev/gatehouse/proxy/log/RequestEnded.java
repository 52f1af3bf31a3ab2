package dev.gatehouse.proxy.log;

import dev.gatehouse.kernel.address.Endpoint;
import dev.gatehouse.net.accesslog.AccessEvent;
import dev.gatehouse.net.accesslog.FieldSink;
import dev.gatehouse.wire.tls.ServerName;
import java.util.Optional;

/**
 * The line of one request.
 *
 * @param who the connection
 * @param what the request
 * @param how what became of it
 */
public record RequestEnded(Who who, What what, How how) implements AccessEvent {

  /** The connection that a request came on. */
  public record Who(
      String listener,
      String connection,
      Endpoint peer,
      Endpoint client,
      Optional<ServerName> sni,
      String tlsVersion,
      String alpn) {}

  /**
   * What was asked for.
   *
   * @param route empty where none was reached
   * @param userAgent as the client says
   */
  public record What(
      String requestId,
      String route,
      String protocol,
      String method,
      String host,
      String target,
      String userAgent,
      String referer) {}

  /**
   * What became of it.
   *
   * @param backend which had it; empty: none
   * @param status that the client got; 0: none
   * @param origin who made the response
   * @param dialMillis until there was a connection to the backend
   * @param headMillis until the head of the response
   * @param cause empty where all went well
   */
  public record How(
      String backend,
      int status,
      String origin,
      long durationMillis,
      long dialMillis,
      long headMillis,
      int retries,
      long clientBytes,
      long backendBytes,
      String cause) {}

  @Override
  public String event() {
    return "request";
  }

  @Override
  public void fields(FieldSink to) {
    to.text("listener", who.listener);
    to.text("connection", who.connection);
    to.text("peer", who.peer.toString());
    to.text("client", who.client.toString());
    who.sni.ifPresent(name -> to.text("sni", name.toString()));
    to.text("route", what.route);
    to.text("mode", "l7");
    to.text("backend", how.backend);
    to.text("tls_version", who.tlsVersion);
    to.text("alpn", who.alpn);
    to.number("duration_ms", how.durationMillis);
    to.number("client_bytes", how.clientBytes);
    to.number("backend_bytes", how.backendBytes);
    to.text("cause", how.cause);
    to.text("request_id", what.requestId);
    to.text("protocol", what.protocol);
    to.text("method", what.method);
    to.text("host", what.host);
    to.text("target", what.target);
    to.number("status", how.status);
    to.text("origin", how.origin);
    to.number("dial_ms", how.dialMillis);
    to.number("header_ms", how.headMillis);
    to.number("retries", how.retries);
    to.text("user_agent", what.userAgent);
    to.text("referer", what.referer);
  }
}
