package dev.gatehouse.watch.series;

import dev.gatehouse.kernel.metric.Metric;
import dev.gatehouse.net.sockets.Protocol;
import dev.gatehouse.watch.drift.FoundDrift;
import dev.gatehouse.watch.exposure.DriftKind;
import dev.gatehouse.watch.exposure.Listener;
import dev.gatehouse.watch.exposure.Owner;
import dev.gatehouse.watch.exposure.Queues;
import dev.gatehouse.watch.listening.FoundSocket;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The series of listening sockets, made once per scan; for one thread.
 *
 * <p>Listeners come in the order in which a cap may cut them. The cap counts distinct tuples of one
 * metric, so a flood of equal sockets drops nothing.
 */
public final class ListenerSeries {

  /**
   * The samples of a scan.
   *
   * @param cuts by the name of the metric that the cap concerns
   */
  public record Made(SampleList samples, Map<String, Cut> cuts) {}

  private static final String[] NO_LABELS = {};

  private final LabelCache<PortTuple> portLabels = new LabelCache<>(PortTuple::labels);
  private final LabelCache<InfoTuple> infoLabels = new LabelCache<>(InfoTuple::labels);
  private final LabelCache<PortTuple> queueLabels = new LabelCache<>(PortTuple::labelsOfQueue);
  private final UdpDrops drops = new UdpDrops();

  /** Adds what the kernel counted at each socket; once per scan, before {@link #make}. */
  public void count(List<FoundSocket> sockets, List<Owner> owners) {
    drops.update(sockets, owners);
  }

  /**
   * Makes the samples of a scan.
   *
   * @param info whether the detail of each listener is wanted
   */
  public Made make(List<Listener> listeners, boolean info, int cap) {
    portLabels.turn();
    infoLabels.turn();
    queueLabels.turn();
    List<Listener> own = listeners.stream().filter(l -> l.binding().isOwnNetns()).toList();
    Made made = new Made(new SampleList(), new LinkedHashMap<>());
    addPorts(own, cap, made);
    if (info) {
      addInfo(listeners, cap, made);
    }
    addAcceptQueues(own, cap, made);
    addReceiveQueues(own, cap, made);
    addSums(own, made.samples());
    return made;
  }

  private void addPorts(List<Listener> own, int cap, Made made) {
    Capped<PortTuple, Boolean> ports = new Capped<>(cap, (held, again) -> held);
    own.forEach(listener -> ports.add(tuple(listener), true));
    ports
        .held()
        .keySet()
        .forEach(
            tuple ->
                made.samples().add(Metric.NETSTAT_LISTENING_PORTS, 1, portLabels.labels(tuple)));
    made.cuts().put("listening_ports", ports.cut());
  }

  private void addInfo(List<Listener> listeners, int cap, Made made) {
    Capped<InfoTuple, Boolean> details = new Capped<>(cap, (held, again) -> held);
    listeners.forEach(listener -> details.add(InfoTuple.of(listener), true));
    details
        .held()
        .keySet()
        .forEach(
            tuple ->
                made.samples().add(Metric.NETSTAT_LISTENING_SOCKET, 1, infoLabels.labels(tuple)));
    made.cuts().put("listening_socket_info", details.cut());
  }

  private void addAcceptQueues(List<Listener> own, int cap, Made made) {
    Capped<PortTuple, Queues> queues = queues(own, Protocol.TCP, cap);
    queues
        .held()
        .forEach(
            (tuple, fullest) -> {
              String[] labels = queueLabels.labels(tuple);
              SampleList samples = made.samples();
              addKnown(samples, Metric.NETSTAT_ACCEPT_QUEUE_LENGTH, fullest.length(), labels);
              addKnown(samples, Metric.NETSTAT_ACCEPT_QUEUE_LIMIT, fullest.limit(), labels);
            });
    made.cuts().put("accept_queue", queues.cut());
  }

  private void addReceiveQueues(List<Listener> own, int cap, Made made) {
    Capped<PortTuple, Queues> queues = queues(own, Protocol.UDP, cap);
    queues
        .held()
        .forEach(
            (tuple, fullest) -> {
              String[] labels = queueLabels.labels(tuple);
              SampleList samples = made.samples();
              long dropped = fullest.drops() < 0 ? -1 : drops.sum(tuple);
              addKnown(samples, Metric.NETSTAT_UDP_LISTENER_DROPS, dropped, labels);
              addKnown(samples, Metric.NETSTAT_UDP_LISTENER_QUEUE_BYTES, fullest.length(), labels);
              addKnown(
                  samples, Metric.NETSTAT_UDP_LISTENER_QUEUE_LIMIT_BYTES, fullest.limit(), labels);
            });
    made.cuts().put("udp_listener", queues.cut());
  }

  private static Capped<PortTuple, Queues> queues(List<Listener> own, Protocol protocol, int cap) {
    Capped<PortTuple, Queues> queues = new Capped<>(cap, Queues::merge);
    own.stream()
        .filter(listener -> listener.binding().protocol() == protocol)
        .forEach(listener -> queues.add(tuple(listener), listener.queues()));
    return queues;
  }

  private static void addKnown(SampleList samples, Metric metric, long value, String... labels) {
    if (value >= 0) {
      samples.add(metric, (double) value, labels);
    }
  }

  private static void addSums(List<Listener> own, SampleList samples) {
    SocketSums.of(own).addTo(samples);
  }

  /**
   * Adds the differences from the expected list; kinds other than {@code self} only where there is
   * a list to differ from.
   */
  public static void addDrift(List<FoundDrift> drifts, boolean judged, int cap, Made made) {
    Map<DriftKind, Integer> kinds = new EnumMap<>(DriftKind.class);
    Capped<List<String>, Boolean> found = new Capped<>(cap, (held, again) -> held);
    for (FoundDrift drift : drifts) {
      kinds.merge(drift.drift().kind(), 1, Integer::sum);
      found.add(drift.labels(), true);
    }
    for (DriftKind kind : DriftKind.values()) {
      if (judged || kind == DriftKind.SELF || kinds.containsKey(kind)) {
        made.samples().add(Metric.WATCH_DRIFT, kinds.getOrDefault(kind, 0), kind.label());
      }
    }
    found
        .held()
        .keySet()
        .forEach(
            labels ->
                made.samples().add(Metric.WATCH_DRIFT_LISTENER, 1, labels.toArray(NO_LABELS)));
    made.cuts().put("drift_listener", found.cut());
  }

  private static PortTuple tuple(Listener listener) {
    return PortTuple.of(listener.binding(), listener.owner().process());
  }
}
