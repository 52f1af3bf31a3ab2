package dev.gatehouse.watch.scan;

import dev.gatehouse.watch.WatchConfig;
import dev.gatehouse.watch.listening.FoundSocket;
import dev.gatehouse.watch.listening.ListenerFilter;
import dev.gatehouse.watch.listening.PortRange;
import dev.gatehouse.watch.namespace.Namespaces;
import dev.gatehouse.watch.namespace.Namespaces.Namespace;
import dev.gatehouse.watch.namespace.Namespaces.Reading;
import dev.gatehouse.watch.notice.Lasting;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The last look at other namespaces, which the listener scans in between take their rows from. */
final class NamespaceScan {

  private static final Logger LOG = LoggerFactory.getLogger(NamespaceScan.class);

  private final Namespaces namespaces;
  private final Map<String, ListenerFilter> filters = new HashMap<>();
  private final Lasting truncated = new Lasting();
  private List<Namespace> last = List.of();
  private boolean wasRead;

  NamespaceScan(Namespaces namespaces) {
    this.namespaces = namespaces;
  }

  void read(WatchConfig config, long nowNanos) {
    Reading reading = namespaces.read(config.maxNamespaces(), config.udp());
    last = reading.namespaces();
    wasRead = true;
    boolean cut = reading.found() > last.size();
    if (truncated.update(cut, nowNanos) == Lasting.Turn.BEGAN) {
      LOG.atWarn()
          .setMessage("namespaces_truncated")
          .addKeyValue("found", reading.found())
          .addKeyValue("scanned", last.size())
          .log();
    }
  }

  /** Other namespaces are not looked at any more. */
  void forget() {
    last = List.of();
    wasRead = false;
  }

  boolean wasRead() {
    return wasRead;
  }

  int count() {
    return last.size();
  }

  /** Those of which some part could not be read. */
  Set<String> incomplete() {
    return last.stream()
        .filter(namespace -> !namespace.complete())
        .map(Namespace::label)
        .collect(Collectors.toSet());
  }

  List<FoundSocket> listeners(PortRange clientPorts, long settleNanos, long nowNanos) {
    List<FoundSocket> found = new ArrayList<>();
    filters.keySet().retainAll(last.stream().map(Namespace::label).toList());
    for (Namespace namespace : last) {
      ListenerFilter filter =
          filters.computeIfAbsent(
              namespace.label(), label -> new ListenerFilter(label, index -> "if" + index));
      found.addAll(filter.filter(namespace.rows(), clientPorts, settleNanos, nowNanos));
    }
    return found;
  }
}
