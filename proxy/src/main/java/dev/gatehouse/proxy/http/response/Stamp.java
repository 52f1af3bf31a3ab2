package dev.gatehouse.proxy.http.response;

import dev.gatehouse.wire.http.Fields;
import java.time.Instant;

/**
 * What the proxy adds to every response that lacks it.
 *
 * @param requestIdHeader the field that names a request; empty: none
 */
public record Stamp(Instant now, String requestIdHeader, String requestId) {

  Fields on(Fields fields) {
    return fields.with(missingIn(fields));
  }

  /** Of what it adds, that which is not there; most backends say the date themselves. */
  Fields missingIn(Fields fields) {
    Fields.Builder missing = new Fields.Builder();
    if (!fields.has("Date")) {
      missing.add("Date", HttpDate.of(now));
    }
    if (!requestIdHeader.isEmpty() && !fields.has(requestIdHeader)) {
      missing.add(requestIdHeader, requestId);
    }
    return missing.build();
  }
}
