package dev.gatehouse.proxy;

import dev.gatehouse.kernel.address.Endpoint;
import dev.gatehouse.kernel.metric.Metric;
import dev.gatehouse.net.listen.Refusal;
import dev.gatehouse.net.splice.SpliceRelay.Side;
import dev.gatehouse.proxy.ProxyView.ListenerView;
import dev.gatehouse.proxy.ProxyView.RouteView;
import dev.gatehouse.proxy.ProxyView.Spread;
import dev.gatehouse.proxy.ProxyView.State;
import dev.gatehouse.proxy.l4.PassthroughRoute;
import dev.gatehouse.proxy.route.Route;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Says what the doors do, in the words for operators. */
final class Views {

  private static final Spread NOTHING = new Spread(List.of(), List.of());

  private Views() {}

  static ListenerView listener(Door door) {
    return new ListenerView(
        door.config(),
        door.listener().boundAddress(),
        door.listener().connections(),
        door.listener().isStopped());
  }

  static Stream<RouteView> routes(Door door) {
    Endpoint listener = door.config().address();
    return door.front().snapshot().targets().stream().map(target -> route(listener, target));
  }

  private static RouteView route(Endpoint listener, Target target) {
    return switch (target) {
      case Target.Passed(PassthroughRoute running) -> route(listener, running);
      case Target.Uncertified(Route route) ->
          new RouteView(listener, route, State.CERTIFICATE_UNAVAILABLE, 0, 0, 0, 0, 0, NOTHING);
    };
  }

  private static RouteView route(Endpoint listener, PassthroughRoute running) {
    return new RouteView(
        listener,
        running.route(),
        running.isReachable() ? State.SERVING : State.BACKEND_DOWN,
        running.active(),
        running.routed(),
        running.received(Side.CLIENT),
        running.received(Side.BACKEND),
        running.errors(),
        new Spread(
            Metric.PROXY_DIAL_DURATION_SECONDS.buckets(),
            Arrays.stream(running.dials().counts()).boxed().toList()));
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
