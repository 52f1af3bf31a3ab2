package dev.gatehouse.proxy.http.response;

import dev.gatehouse.wire.http.Fields;
import java.time.Instant;

/**
 * What the proxy adds to every response that lacks it.
 *
 * @param date in the form of RFC 9110 section 5.6.7
 * @param requestIdHeader the field that names a request; empty: none
 */
public record Stamp(String date, String requestIdHeader, String requestId) {

  public Stamp(Instant now, String requestIdHeader, String requestId) {
    this(HttpDate.of(now), requestIdHeader, requestId);
  }

  Fields on(Fields fields) {
    Fields dated = fields.has("Date") ? fields : fields.with("Date", date);
    return requestIdHeader.isEmpty() || dated.has(requestIdHeader)
        ? dated
        : dated.with(requestIdHeader, requestId);
  }
}
