package dev.gatehouse.proxy.l7.connection;

import dev.gatehouse.proxy.http.Request;
import dev.gatehouse.proxy.http.guard.Verdict.Refused;
import dev.gatehouse.proxy.log.RequestEnded;
import dev.gatehouse.proxy.traffic.RequestTraffic;
import dev.gatehouse.proxy.traffic.RequestTraffic.Origin;

/** The lines of requests that never left for a backend. */
final class DeniedRequests {

  private DeniedRequests() {}

  static RequestEnded line(
      L7Connection connection, Request request, int status, String requestId, String cause) {
    RequestEnded.What what =
        new RequestEnded.What(
            requestId,
            connection.route().toString(),
            RequestTraffic.Kind.of(request).label(),
            request.method(),
            request.authority().text(),
            request.target(),
            request.fields().only("User-Agent").orElse(""),
            request.fields().only("Referer").orElse(""));
    return new RequestEnded(connection.client().forLog(), what, how(status, cause));
  }

  /** Of what could not be read, nothing is repeated. */
  static RequestEnded line(L7Connection connection, Refused refused, String requestId) {
    RequestEnded.What what =
        new RequestEnded.What(requestId, connection.route().toString(), "", "", "", "", "", "");
    return new RequestEnded(
        connection.client().forLog(), what, how(refused.status().code(), refused.reason().label()));
  }

  private static RequestEnded.How how(int status, String cause) {
    return new RequestEnded.How("", status, Origin.PROXY.label(), 0, 0, 0, 0, 0, 0, cause);
  }
}
