package dev.gatehouse.proxy;

import dev.gatehouse.kernel.address.Endpoint;
import dev.gatehouse.net.tls.CertificateView;
import dev.gatehouse.proxy.config.ListenerConfig;
import dev.gatehouse.proxy.route.Route;
import dev.gatehouse.proxy.route.RouteName;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What operators may know of the running proxy. */
public interface ProxyView {

  /**
   * A listener and what is going on at it.
   *
   * @param bound where the kernel says that it listens
   * @param connections now, from accept to close
   * @param draining whether it takes no new connections
   */
  record ListenerView(ListenerConfig config, Endpoint bound, int connections, boolean draining) {}

  /** Whether a route can do its work. */
  enum State {
    SERVING,
    /** No backend took its last connection. */
    BACKEND_DOWN,
    /** Its connections are reset, since there is no certificate to show them. */
    CERTIFICATE_UNAVAILABLE
  }

  /**
   * A route and what was counted on it since it was added.
   *
   * @param active connections now
   * @param routed connections that were given to it
   * @param fromClients bytes
   * @param fromBackends bytes
   * @param errors connections that ended otherwise than their two sides wished
   * @param dials that succeeded, by how long they took
   * @param learned what its backend turned out to speak; empty if that was not needed
   */
  record RouteView(
      Endpoint listener,
      Route route,
      State state,
      long active,
      long routed,
      long fromClients,
      long fromBackends,
      long errors,
      Spread dials,
      Optional<String> learned) {}

  /**
   * How values are spread over buckets.
   *
   * @param bounds the upper end of each bucket but the last, in seconds, ascending
   * @param counts how many values each bucket has by itself
   */
  record Spread(List<Double> bounds, List<Long> counts) {
    public Spread {
      bounds = List.copyOf(bounds);
      counts = List.copyOf(counts);
    }
  }

  /** The listeners, in the order in which they were added; those that drain are the last. */
  List<ListenerView> listeners();

  /** The routes of all listeners. */
  List<RouteView> routes();

  /** What a route shows to clients that want to know whom they talk to. */
  record ShownCertificate(Endpoint listener, RouteName hostname, CertificateView certificate) {}

  /** The certificates of all routes on which the proxy speaks TLS. */
  List<ShownCertificate> certificates();

  /** Connections that were refused since the start, by the word for the reason in metrics. */
  Map<String, Long> refused();
}
