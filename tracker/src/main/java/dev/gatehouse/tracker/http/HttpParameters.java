package dev.gatehouse.tracker.http;

import dev.gatehouse.tracker.request.Parameters;
import dev.gatehouse.wire.Bytes;
import dev.gatehouse.wire.tracker.Query;
import dev.gatehouse.wire.tracker.RequestHead;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What a request carries in its query, its header and its path. */
record HttpParameters(Query query, RequestHead head, Map<String, String> route)
    implements Parameters {

  @Override
  public Optional<Bytes> query(String name) {
    return query.get(name);
  }

  @Override
  public Optional<String> header(String name) {
    return head.field(name.toLowerCase(Locale.ROOT));
  }

  @Override
  public String route(String name) {
    return route.getOrDefault(name, "");
  }

  /** Paths and headers may hold secrets. */
  @Override
  public String toString() {
    return "parameters";
  }
}
