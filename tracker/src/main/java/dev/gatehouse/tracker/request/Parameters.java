package dev.gatehouse.tracker.request;

import dev.gatehouse.wire.Bytes;
import java.util.Optional;

/** What a request carries by name beside what is interpreted; it lives as long as the request. */
public interface Parameters {

  /** A request that carries nothing. */
  Parameters NONE =
      new Parameters() {
        @Override
        public Optional<Bytes> query(String name) {
          return Optional.empty();
        }

        @Override
        public Optional<String> header(String name) {
          return Optional.empty();
        }

        @Override
        public String route(String name) {
          return "";
        }
      };

  /** The first value of a key in the query. */
  Optional<Bytes> query(String name);

  /** The first header of a name in any letter case; no datagram has one. */
  Optional<String> header(String name);

  /** What stands in the path where the route has this name; empty text if nothing does. */
  String route(String name);
}
