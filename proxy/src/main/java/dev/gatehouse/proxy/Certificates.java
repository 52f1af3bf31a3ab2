package dev.gatehouse.proxy;

import dev.gatehouse.net.tls.CertificateCheck;
import dev.gatehouse.net.tls.CertificateFiles;
import dev.gatehouse.net.tls.CertificateProblem;
import dev.gatehouse.net.tls.CertificateStore;
import dev.gatehouse.net.tls.CertificateView;
import dev.gatehouse.net.tls.ServerContext;
import dev.gatehouse.proxy.ProxyView.ShownCertificate;
import dev.gatehouse.proxy.config.ListenerConfig;
import dev.gatehouse.proxy.route.Route;
import dev.gatehouse.proxy.route.RouteMode;
import dev.gatehouse.proxy.route.RouteName;
import dev.gatehouse.proxy.route.TlsVersion;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The certificates of all routes on which the proxy speaks TLS.
 *
 * <p>Operators know a certificate by its route's name, and by that of the listener too where
 * several have a route of that name. The loops ask for names only; whoever publishes changes them.
 */
final class Certificates {

  private final CertificateStore store;
  private volatile Map<Place, String> names = Map.of();
  private Map<String, CertificateStore.Use> uses = Map.of();
  private final Set<String> leaving = new HashSet<>();
  private TlsVersion minimum;

  /** Where a route is. */
  private record Place(String listener, RouteName hostname) {}

  /**
   * @param minimum of routes that say nothing of it
   */
  Certificates(CertificateStore store, TlsVersion minimum) {
    this.store = store;
    this.minimum = minimum;
  }

  /** What operators call the certificate of a route; any thread may ask. */
  String name(String listener, RouteName hostname) {
    return names.getOrDefault(new Place(listener, hostname), hostname.toString());
  }

  /** Whether there is a certificate to show. */
  boolean isServed(String listener, RouteName hostname) {
    return store.serves(name(listener, hostname));
  }

  /** What the routes of these listeners show. */
  List<ShownCertificate> shown(List<ListenerConfig> listeners) {
    Map<String, CertificateView> views =
        store.views().stream()
            .collect(Collectors.toMap(CertificateView::name, Function.identity()));
    List<ShownCertificate> shown = new ArrayList<>();
    for (ListenerConfig listener : listeners) {
      for (Route route : terminated(listener).toList()) {
        String name = name(listener.address().toString(), route.hostname());
        Optional.ofNullable(views.get(name))
            .map(view -> new ShownCertificate(listener.address(), route.hostname(), view))
            .ifPresent(shown::add);
      }
    }
    return shown;
  }

  /** What is wrong with the files of routes that are new or have others. Blocks. */
  List<CertificateProblem> problems(
      List<ListenerConfig> listeners, CertificateCheck check, Instant now) {
    Set<CertificateFiles> known =
        uses.values().stream().map(CertificateStore.Use::files).collect(Collectors.toSet());
    return listeners.stream()
        .flatMap(Certificates::terminated)
        .map(route -> use("", route))
        .filter(use -> !known.contains(use.files()))
        .distinct()
        .flatMap(use -> check.problems(use.files(), use.hostname(), now).stream())
        .toList();
  }

  /** Serves what these listeners need, also what they needed until now. Blocks. */
  void follow(List<ListenerConfig> listeners) {
    Map<Place, String> named = new HashMap<>();
    Map<String, CertificateStore.Use> wanted = new LinkedHashMap<>();
    Map<RouteName, Long> owners = owners(listeners);
    for (ListenerConfig listener : listeners) {
      for (Route route : terminated(listener).toList()) {
        String host = route.hostname().toString();
        boolean shared = owners.getOrDefault(route.hostname(), 0L) > 1;
        String name = shared ? host + '@' + listener.address() : host;
        named.put(new Place(listener.address().toString(), route.hostname()), name);
        wanted.put(name, use(name, route));
      }
    }
    wanted.forEach(
        (name, use) -> {
          if (!use.equals(uses.get(name))) {
            store.add(use);
          }
        });
    Map<String, CertificateStore.Use> before = uses;
    uses = wanted;
    names = Map.copyOf(named);
    before.keySet().stream().filter(name -> !wanted.containsKey(name)).forEach(leaving::add);
  }

  /** Forgets what is not needed any more, now that nobody is led there. */
  void forgetRest() {
    leaving.stream().filter(name -> !uses.containsKey(name)).forEach(store::remove);
    leaving.clear();
  }

  /** Routes that say nothing of it get another oldest version. */
  void minimum(TlsVersion next, List<ListenerConfig> listeners) {
    if (minimum != next) {
      minimum = next;
      follow(listeners);
    }
  }

  private CertificateStore.Use use(String name, Route route) {
    return new CertificateStore.Use(
        name,
        route.hostname().toString(),
        new CertificateFiles(Path.of(route.l7().certificate()), Path.of(route.l7().key())),
        switch (route.l7().tlsMinVersion().orElse(minimum)) {
          case TLS_1_2 -> ServerContext.MinimumVersion.TLS_1_2;
          case TLS_1_3 -> ServerContext.MinimumVersion.TLS_1_3;
        });
  }

  private static Map<RouteName, Long> owners(List<ListenerConfig> listeners) {
    return listeners.stream()
        .flatMap(Certificates::terminated)
        .collect(Collectors.groupingBy(Route::hostname, Collectors.counting()));
  }

  private static Stream<Route> terminated(ListenerConfig listener) {
    return listener.routes().stream().filter(route -> route.mode() == RouteMode.L7);
  }
}
