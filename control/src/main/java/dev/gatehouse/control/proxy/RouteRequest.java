package dev.gatehouse.control.proxy;

import dev.gatehouse.config.Section;
import dev.gatehouse.control.call.Request;
import dev.gatehouse.control.call.RequestTree;
import dev.gatehouse.kernel.address.Endpoint;
import dev.gatehouse.kernel.address.ListenAddress;
import dev.gatehouse.proxy.config.PolicyReader;
import dev.gatehouse.proxy.config.RouteReader;
import dev.gatehouse.proxy.route.BackendTls;
import dev.gatehouse.proxy.route.L7Policy;
import dev.gatehouse.proxy.route.L7Settings;
import dev.gatehouse.proxy.route.Route;
import dev.gatehouse.proxy.route.RouteName;
import dev.gatehouse.proxy.ruleset.Edit;
import dev.gatehouse.proxy.ruleset.Edit.ListenerChoice;
import dev.gatehouse.v1.AddRouteRequest;
import java.util.Optional;

/** Reads what callers say of listeners, routes and policies. */
final class RouteRequest {

  private static final RouteName EXAMPLE = RouteName.parse("git.example.org").orElseThrow();

  /** One policy of one route. */
  record OfPolicy(ListenerChoice listener, RouteName hostname, L7Policy policy) {}

  /** One route of one listener. */
  record OfRoute(ListenerChoice listener, RouteName hostname) {}

  private RouteRequest() {}

  static Request<Edit.PutRoute> put(AddRouteRequest request) {
    RequestTree tree = listener(request.getListenerAddr());
    Edit.Policies policies =
        request.getClearL7Policies() ? Edit.Policies.REPLACE : Edit.Policies.KEEP_UNLESS_GIVEN;
    return Request.read(
        tree.message("route", RouteTree.of(request.getRoute())),
        root ->
            new Edit.PutRoute(
                listener(root), route(root.section("route", "what is added")), policies));
  }

  static OfRoute route(String listener, String hostname) {
    return Request.read(
            listener(listener).text("hostname", hostname),
            root -> new OfRoute(listener(root), hostname(root)))
        .value();
  }

  static OfPolicy policy(String listener, String hostname, dev.gatehouse.v1.L7Policy policy) {
    return Request.read(
            listener(listener).text("hostname", hostname).message("policy", RouteTree.of(policy)),
            root ->
                new OfPolicy(
                    listener(root),
                    hostname(root),
                    PolicyReader.read(root.section("policy", "which"))))
        .value();
  }

  static Edit.SetMaxConnections limit(String listener, long most) {
    return Request.read(
            listener(listener).number("max_connections", most),
            root ->
                new Edit.SetMaxConnections(
                    listener(root),
                    root.integer("max_connections", "at a time; 0 = no limit").required(0)))
        .value();
  }

  static ListenerChoice choice(String listener) {
    return Request.read(listener(listener), RouteRequest::listener).value();
  }

  private static RequestTree listener(String address) {
    return new RequestTree().text("listener_addr", address);
  }

  private static ListenerChoice listener(Section root) {
    Optional<Endpoint> address =
        root.value(
                "listener_addr",
                "empty: the only one there is",
                ListenAddress.EXPECTED,
                ListenAddress::parse)
            .optional();
    return new ListenerChoice(address);
  }

  private static RouteName hostname(Section root) {
    return root.value("hostname", "of the route", RouteName.EXPECTED, RouteName::parse)
        .required(EXAMPLE);
  }

  private static Route route(Section section) {
    Route route = RouteReader.read(section);
    L7Settings l7 = route.l7();
    checkFile(section, "tls_cert", l7.certificate());
    checkFile(section, "tls_key", l7.key());
    checkFile(section, "backend_tls_ca", l7.backendTls().map(BackendTls::authorities).orElse(""));
    return route;
  }

  /** The daemon has another working directory than its caller. */
  private static void checkFile(Section section, String key, String file) {
    if (!file.isEmpty() && (file.charAt(0) != '/' || file.indexOf('\0') >= 0)) {
      section.refuse(key, "an absolute path");
    }
  }
}
