package dev.gatehouse.proxy;

import dev.gatehouse.proxy.exchange.TerminatedRoute;
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

  /** The proxy itself, which speaks TLS and HTTP and asks a backend. */
  record Terminated(TerminatedRoute running) implements Target {
    @Override
    public Route route() {
      return running.route();
    }
  }

  /** What was told of the name. */
  Route route();
}
