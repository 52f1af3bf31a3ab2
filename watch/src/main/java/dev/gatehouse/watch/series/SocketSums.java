package dev.gatehouse.watch.series;

import dev.gatehouse.kernel.address.AddressScope;
import dev.gatehouse.kernel.metric.Metric;
import dev.gatehouse.net.sockets.Protocol;
import dev.gatehouse.watch.exposure.Listener;
import dev.gatehouse.watch.exposure.Resolution;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How many sockets listen, by scope, by what is known of their owner, and as root. */
final class SocketSums {

  private static final AddressScope[] SCOPES = {
    AddressScope.LOOPBACK, AddressScope.PRIVATE, AddressScope.PUBLIC
  };

  private record Reach(Protocol protocol, AddressScope scope) {}

  private final Map<Reach, Long> sockets = new HashMap<>();
  private final Map<Reach, Long> asRoot = new HashMap<>();
  private final Map<Resolution, Long> owners = new EnumMap<>(Resolution.class);

  private SocketSums() {}

  static SocketSums of(List<Listener> listeners) {
    SocketSums sums = new SocketSums();
    listeners.forEach(sums::add);
    return sums;
  }

  private void add(Listener listener) {
    Reach reach = new Reach(listener.binding().protocol(), listener.scope());
    long count = listener.sockets();
    sockets.merge(reach, count, Long::sum);
    owners.merge(listener.owner().resolution(), count, Long::sum);
    long uid = listener.owner().uid() >= 0 ? listener.owner().uid() : listener.socketUid();
    if (uid == 0) {
      asRoot.merge(reach, count, Long::sum);
    }
  }

  /** Zeros too: an alert compares with what was there an hour ago. */
  void addTo(SampleList samples) {
    for (Protocol protocol : Protocol.values()) {
      for (AddressScope scope : SCOPES) {
        Reach reach = new Reach(protocol, scope);
        samples.add(
            Metric.NETSTAT_LISTENING_SOCKETS,
            (double) sockets.getOrDefault(reach, 0L),
            protocol.label(),
            scope.label());
        samples.add(
            Metric.NETSTAT_ROOT_LISTENERS,
            (double) asRoot.getOrDefault(reach, 0L),
            protocol.label(),
            scope.label());
      }
    }
    for (Resolution resolution : Resolution.values()) {
      samples.add(
          Metric.NETSTAT_LISTENING_OWNERS,
          (double) owners.getOrDefault(resolution, 0L),
          resolution.label());
    }
  }
}
