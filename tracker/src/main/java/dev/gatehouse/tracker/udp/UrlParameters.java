package dev.gatehouse.tracker.udp;

import dev.gatehouse.tracker.request.Parameters;
import dev.gatehouse.wire.Bytes;
import dev.gatehouse.wire.tracker.Query;
import java.util.Optional;

/** What stands in the URL that a client was given, as far as a datagram carries it. */
record UrlParameters(Query values) implements Parameters {

  @Override
  public Optional<Bytes> query(String name) {
    return values.get(name);
  }

  @Override
  public Optional<String> header(String name) {
    return Optional.empty();
  }

  @Override
  public String route(String name) {
    return "";
  }
}
