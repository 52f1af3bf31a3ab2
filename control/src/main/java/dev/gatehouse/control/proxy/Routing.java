package dev.gatehouse.control.proxy;

import dev.gatehouse.control.call.Request;
import dev.gatehouse.control.call.TimeMessages;
import dev.gatehouse.control.call.Warnings;
import dev.gatehouse.proxy.ProxyView;
import dev.gatehouse.proxy.ProxyView.RouteView;
import dev.gatehouse.proxy.ProxyView.ShownCertificate;
import dev.gatehouse.proxy.config.ListenerConfig;
import dev.gatehouse.proxy.route.Route;
import dev.gatehouse.proxy.route.RouteMode;
import dev.gatehouse.proxy.ruleset.Edit;
import dev.gatehouse.proxy.ruleset.Edit.ListenerChoice;
import dev.gatehouse.proxy.ruleset.EditRefusedException;
import dev.gatehouse.proxy.ruleset.Editing;
import dev.gatehouse.proxy.ruleset.RulesetEditor;
import dev.gatehouse.proxy.ruleset.RulesetEditor.Edited;
import dev.gatehouse.proxy.ruleset.RulesetEditor.RouteKey;
import dev.gatehouse.v1.AddL7PolicyRequest;
import dev.gatehouse.v1.AddL7PolicyResponse;
import dev.gatehouse.v1.AddRouteRequest;
import dev.gatehouse.v1.AddRouteResponse;
import dev.gatehouse.v1.AddRouteResponse.Outcome;
import dev.gatehouse.v1.ListCertificatesResponse;
import dev.gatehouse.v1.ListL7PoliciesRequest;
import dev.gatehouse.v1.ListL7PoliciesResponse;
import dev.gatehouse.v1.ListListenersResponse;
import dev.gatehouse.v1.ListRoutesRequest;
import dev.gatehouse.v1.ListRoutesResponse;
import dev.gatehouse.v1.RemoveL7PolicyRequest;
import dev.gatehouse.v1.RemoveL7PolicyResponse;
import dev.gatehouse.v1.RemoveRouteRequest;
import dev.gatehouse.v1.RemoveRouteResponse;
import dev.gatehouse.v1.RouteStatus;
import dev.gatehouse.v1.SetListenerMaxConnectionsRequest;
import dev.gatehouse.v1.SetListenerMaxConnectionsResponse;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Does what the calls ask for: reads the ruleset in force, or edits it. */
final class Routing {

  private static final String WITHOUT_EFFECT =
      "has no effect with mode = l4, which does not see HTTP";

  private final RulesetEditor editor;
  private final ProxyView proxy;

  Routing(RulesetEditor editor, ProxyView proxy) {
    this.editor = editor;
    this.proxy = proxy;
  }

  ListListenersResponse listListeners() {
    return ListListenersResponse.newBuilder()
        .addAllListeners(proxy.listeners().stream().map(ListenerMessages::of).toList())
        .build();
  }

  ListCertificatesResponse listCertificates() {
    return ListCertificatesResponse.newBuilder()
        .addAllCertificates(proxy.certificates().stream().map(CertificateMessages::of).toList())
        .build();
  }

  /** What is in force is in the ruleset; what runs tells how it does. */
  ListRoutesResponse listRoutes(ListRoutesRequest request) throws EditRefusedException {
    List<ListenerConfig> listeners = listeners(RouteRequest.choice(request.getListenerAddr()));
    Map<RouteKey, Long> ids = editor.routeIds();
    Map<RouteKey, RouteView> running = running();
    Map<RouteKey, Instant> ends = certificateEnds();
    ListRoutesResponse.Builder response = ListRoutesResponse.newBuilder();
    for (ListenerConfig listener : listeners) {
      for (Route route : listener.routes()) {
        RouteKey key = new RouteKey(listener.address(), route.hostname());
        RouteStatus.Builder status =
            status(key, ids.getOrDefault(key, 0L), running.get(key)).toBuilder();
        Optional.ofNullable(ends.get(key))
            .map(TimeMessages::of)
            .ifPresent(status::setCertificateNotAfter);
        response.addRoutes(RouteMessages.of(route, status.build()));
      }
    }
    return response.build();
  }

  private Map<RouteKey, Instant> certificateEnds() {
    Map<RouteKey, Instant> ends = new HashMap<>();
    for (ShownCertificate shown : proxy.certificates()) {
      shown
          .certificate()
          .served()
          .ifPresent(
              served ->
                  ends.put(new RouteKey(shown.listener(), shown.hostname()), served.notAfter()));
    }
    return ends;
  }

  ListL7PoliciesResponse listL7Policies(ListL7PoliciesRequest request) throws EditRefusedException {
    RouteRequest.OfRoute asked =
        RouteRequest.route(request.getListenerAddr(), request.getHostname());
    ListenerConfig listener = Editing.chosen(editor.ruleset(), asked.listener());
    Route route = Editing.chosen(listener, asked.hostname());
    return ListL7PoliciesResponse.newBuilder()
        .addAllPolicies(RouteMessages.policies(route.l7().policies()))
        .build();
  }

  SetListenerMaxConnectionsResponse setListenerMaxConnections(
      SetListenerMaxConnectionsRequest request) throws EditRefusedException {
    Edit.SetMaxConnections edit =
        RouteRequest.limit(request.getListenerAddr(), request.getMaxConnections());
    Edited edited = editor.edit(edit);
    return SetListenerMaxConnectionsResponse.newBuilder()
        .setPrevious(Editing.chosen(edited.before(), edit.listener()).guard().maxConnections())
        .build();
  }

  AddRouteResponse addRoute(AddRouteRequest request) throws EditRefusedException {
    Request<Edit.PutRoute> put = RouteRequest.put(request);
    Edited edited = editor.edit(put.value());
    return response(put, edited).setRouteId(id(key(put.value(), edited))).build();
  }

  AddRouteResponse rehearseRoute(AddRouteRequest request) throws EditRefusedException {
    Request<Edit.PutRoute> put = RouteRequest.put(request);
    return response(put, editor.rehearse(put.value())).build();
  }

  RemoveRouteResponse removeRoute(RemoveRouteRequest request) throws EditRefusedException {
    RouteRequest.OfRoute asked =
        RouteRequest.route(request.getListenerAddr(), request.getHostname());
    Edited _ = editor.edit(new Edit.RemoveRoute(asked.listener(), asked.hostname()));
    return RemoveRouteResponse.getDefaultInstance();
  }

  AddL7PolicyResponse addL7Policy(AddL7PolicyRequest request) throws EditRefusedException {
    RouteRequest.OfPolicy asked =
        RouteRequest.policy(request.getListenerAddr(), request.getHostname(), request.getPolicy());
    Edited edited =
        editor.edit(new Edit.AddPolicy(asked.listener(), asked.hostname(), asked.policy()));
    ListenerConfig listener = Editing.chosen(edited.after(), asked.listener());
    AddL7PolicyResponse.Builder response = AddL7PolicyResponse.newBuilder();
    if (Editing.chosen(listener, asked.hostname()).mode() == RouteMode.L4) {
      response.addWarnings(Warnings.of("policy", WITHOUT_EFFECT));
    }
    return response.build();
  }

  RemoveL7PolicyResponse removeL7Policy(RemoveL7PolicyRequest request) throws EditRefusedException {
    RouteRequest.OfPolicy asked =
        RouteRequest.policy(request.getListenerAddr(), request.getHostname(), request.getPolicy());
    Edited _ =
        editor.edit(new Edit.RemovePolicy(asked.listener(), asked.hostname(), asked.policy()));
    return RemoveL7PolicyResponse.getDefaultInstance();
  }

  private static AddRouteResponse.Builder response(Request<Edit.PutRoute> put, Edited edited)
      throws EditRefusedException {
    return AddRouteResponse.newBuilder()
        .setOutcome(outcome(key(put.value(), edited), edited))
        .addAllWarnings(put.warnings());
  }

  private static Outcome outcome(RouteKey key, Edited edited) {
    if (edited.changes().isEmpty()) {
      return Outcome.UNCHANGED;
    }
    boolean known =
        edited.before().listener(key.listener()).flatMap(l -> l.route(key.hostname())).isPresent();
    return known ? Outcome.UPDATED : Outcome.CREATED;
  }

  private static RouteKey key(Edit.PutRoute put, Edited edited) throws EditRefusedException {
    ListenerConfig listener = Editing.chosen(edited.after(), put.listener());
    return new RouteKey(listener.address(), put.route().hostname());
  }

  /** The route is there by now, so that a failure to tell its number must not look like one. */
  private long id(RouteKey key) {
    try {
      return editor.routeIds().getOrDefault(key, 0L);
    } catch (EditRefusedException _) {
      return 0;
    }
  }

  private List<ListenerConfig> listeners(ListenerChoice choice) throws EditRefusedException {
    return choice.address().isEmpty()
        ? editor.ruleset().listeners()
        : List.of(Editing.chosen(editor.ruleset(), choice));
  }

  /** A listener that drains may still have the address of one that is in force, but comes last. */
  private Map<RouteKey, RouteView> running() {
    Map<RouteKey, RouteView> running = new HashMap<>();
    proxy
        .routes()
        .forEach(
            view ->
                running.putIfAbsent(new RouteKey(view.listener(), view.route().hostname()), view));
    return running;
  }

  private static RouteStatus status(RouteKey key, long id, @Nullable RouteView running) {
    return running == null
        ? RouteMessages.status(key.listener(), id)
        : RouteMessages.status(running, id);
  }
}
