package dev.gatehouse.proxy.l7.connection;

import dev.gatehouse.proxy.exchange.TerminatedRoute;
import dev.gatehouse.proxy.http.Authority;
import dev.gatehouse.proxy.route.RouteName;
import java.util.Optional;

/** Where the requests of one connection lead at the moment; on its loop, without waiting. */
public interface Routing {

  /** The route on which the proxy speaks HTTP and to which that authority leads, if any. */
  Optional<TerminatedRoute> find(Authority authority);

  /** Whether there still is such a route of that name. */
  boolean has(RouteName name);
}
