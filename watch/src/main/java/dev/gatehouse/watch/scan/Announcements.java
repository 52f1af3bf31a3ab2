package dev.gatehouse.watch.scan;

import dev.gatehouse.kernel.address.AddressScope;
import dev.gatehouse.kernel.metric.EventCounters;
import dev.gatehouse.kernel.metric.Metric;
import dev.gatehouse.watch.WatchConfig;
import dev.gatehouse.watch.exposure.ExposureSnapshot;
import dev.gatehouse.watch.exposure.Resolution;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is told once at the start. */
final class Announcements {

  private static final Logger LOG = LoggerFactory.getLogger(Announcements.class);

  private final Surroundings host;
  private final LongAdder inContainer;

  Announcements(Surroundings host, EventCounters counters) {
    this.host = host;
    inContainer = counters.counter(Metric.COLLECTOR_CONFIG_WARNINGS, "in_container");
    LongAdder _ = counters.counter(Metric.COLLECTOR_CONFIG_WARNINGS, "high_cardinality_label");
  }

  /** Whether the watch can run here at all. */
  boolean beforeStart() {
    if (!host.supported()) {
      LOG.atInfo()
          .setMessage("watch_unsupported")
          .addKeyValue("reason", "not Linux; the rest of Gatehouse runs")
          .log();
      return false;
    }
    warnInContainer();
    return true;
  }

  private void warnInContainer() {
    if (host.inContainer().get()) {
      inContainer.increment();
      LOG.atInfo()
          .setMessage("watch_in_container")
          .addKeyValue("sees", "the network namespace of this container")
          .addKeyValue(
              "remedy", "start it with the host's network and pid namespaces to see the host")
          .log();
    }
  }

  void started(ExposureSnapshot first, WatchConfig config) {
    LOG.atInfo()
        .setMessage("watch_started")
        .addKeyValue("source", sources(first))
        .addKeyValue("owners", owners(first, config))
        .addKeyValue("units", config.units())
        .addKeyValue("namespaces", config.namespaces().label())
        .addKeyValue("expected", config.expected().size())
        .addKeyValue("public", count(first, AddressScope.PUBLIC))
        .addKeyValue("private", count(first, AddressScope.PRIVATE))
        .addKeyValue("loopback", count(first, AddressScope.LOOPBACK))
        .log();
  }

  private static String sources(ExposureSnapshot first) {
    return first.sources().stream()
        .map(
            use ->
                use.protocol().label()
                    + "/"
                    + use.family().label()
                    + ":"
                    + (use.error().isEmpty() ? use.source().label() : "failed"))
        .collect(Collectors.joining(","));
  }

  private static String owners(ExposureSnapshot first, WatchConfig config) {
    if (!config.owners()) {
      return "own";
    }
    boolean hidden =
        first.listeners().stream().anyMatch(l -> l.owner().resolution() == Resolution.HIDDEN);
    return hidden ? "partial" : "full";
  }

  private static long count(ExposureSnapshot first, AddressScope scope) {
    return first.listeners().stream().filter(listener -> listener.scope() == scope).count();
  }
}
