package dev.gatehouse.proxy;

import dev.gatehouse.kernel.address.Endpoint;
import dev.gatehouse.kernel.metric.Metric;
import dev.gatehouse.net.listen.Refusal;
import dev.gatehouse.net.splice.SpliceRelay.Side;
import dev.gatehouse.proxy.ProxyView.ListenerView;
import dev.gatehouse.proxy.ProxyView.RouteView;
import dev.gatehouse.proxy.ProxyView.Spread;
import dev.gatehouse.proxy.ProxyView.State;
import dev.gatehouse.proxy.exchange.TerminatedRoute;
import dev.gatehouse.proxy.l4.PassthroughRoute;
import dev.gatehouse.proxy.route.Route;
import dev.gatehouse.proxy.traffic.Traffic;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Says what the doors do, in the words for operators. */
final class Views {

  private Views() {}

  static ListenerView listener(Door door) {
    return new ListenerView(
        door.config(),
        door.listener().boundAddress(),
        door.listener().connections(),
        door.listener().isStopped());
  }

  static Stream<RouteView> routes(Door door, Certificates certificates, long nowNanos) {
    Endpoint listener = door.config().address();
    return door.front().snapshot().targets().stream()
        .map(target -> route(listener, certificates, target, nowNanos));
  }

  private static RouteView route(
      Endpoint listener, Certificates certificates, Target target, long nowNanos) {
    return switch (target) {
      case Target.Passed(PassthroughRoute running) ->
          route(
              listener,
              running.route(),
              running.traffic(),
              reachable(running.isReachable()),
              Optional.empty());
      case Target.Terminated(TerminatedRoute running) ->
          route(
              listener,
              running.route(),
              running.traffic(),
              certificates.isServed(listener.toString(), running.route().hostname())
                  ? reachable(running.isReachable())
                  : State.CERTIFICATE_UNAVAILABLE,
              running.upstream().learned(nowNanos));
    };
  }

  private static State reachable(boolean reachable) {
    return reachable ? State.SERVING : State.BACKEND_DOWN;
  }

  private static RouteView route(
      Endpoint listener, Route route, Traffic traffic, State state, Optional<String> learned) {
    return new RouteView(
        listener,
        route,
        state,
        traffic.active(),
        traffic.routed(),
        traffic.received(Side.CLIENT),
        traffic.received(Side.BACKEND),
        traffic.errors(),
        new Spread(
            Metric.PROXY_DIAL_DURATION_SECONDS.buckets(),
            Arrays.stream(traffic.dials().counts()).boxed().toList()),
        learned);
  }

  static Map<String, Long> refused(List<Door> doors) {
    Map<String, Long> refused = new LinkedHashMap<>();
    for (Refusal reason : Refusal.values()) {
      refused.put(
          reason.label(), doors.stream().mapToLong(door -> door.listener().refusals(reason)).sum());
    }
    for (String reason :
        List.of(FrontDoor.UNKNOWN_NAME, FrontDoor.NO_NAME, FrontDoor.UNCERTIFIED)) {
      refused.put(reason, doors.stream().mapToLong(door -> door.front().unrouted(reason)).sum());
    }
    return refused;
  }
}
