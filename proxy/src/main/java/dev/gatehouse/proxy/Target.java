package dev.gatehouse.proxy;

import dev.gatehouse.proxy.l4.PassthroughRoute;
import dev.gatehouse.proxy.route.Route;

/** What takes the connections of a name. */
sealed interface Target {

  /** A backend, with the bytes as they come. */
  record Passed(PassthroughRoute running) implements Target {
    @Override
    public Route route() {
      return running.route();
    }
  }

  /** Nothing: there is no certificate for clients that expect one of the proxy. */
  record Uncertified(Route route) implements Target {}

  /** What was told of the name. */
  Route route();
}
