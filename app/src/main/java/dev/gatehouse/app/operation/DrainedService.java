package dev.gatehouse.app.operation;

import dev.gatehouse.proxy.Proxy;
import dev.gatehouse.proxy.ProxyView.ListenerView;
import dev.gatehouse.proxy.ProxyView.RouteView;
import java.time.Duration;
import java.util.List;

/** A service whose connections can be let finish. */
public interface DrainedService {

  /** The word for it, as in status. */
  String name();

  /** How many connections it has. */
  long connections();

  /** What its connections are for, where they go somewhere. */
  List<RouteView> routes();

  /**
   * Takes nothing new, waits that long for what is open, and resets the rest.
   *
   * @return how many connections were reset
   */
  int drain(Duration timeout) throws InterruptedException;

  /** The same where it alone drains, and the rest of the daemon goes on. */
  default DrainedService alone() {
    return this;
  }

  /** That of the proxy. */
  record OfProxy(Proxy proxy) implements DrainedService {

    @Override
    public String name() {
      return Proxy.SERVICE;
    }

    @Override
    public long connections() {
      return proxy.listeners().stream().mapToLong(ListenerView::connections).sum();
    }

    @Override
    public List<RouteView> routes() {
      return proxy.routes();
    }

    @Override
    public int drain(Duration timeout) throws InterruptedException {
      return proxy.drain(timeout);
    }
  }
}
