package dev.gatehouse.watch.host.network;

import dev.gatehouse.kernel.metric.MetricSource;
import dev.gatehouse.watch.collector.Collector;
import dev.gatehouse.watch.procfs.KernelFiles;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** The collectors of what passes through the network stack. */
public final class NetworkCollectors {

  private NetworkCollectors() {}

  /**
   * All of them, to be used by one thread at a time.
   *
   * @param addressOf the first IPv4 address of an interface, or an empty text
   * @param ignored asked at each scrape for the interfaces to leave out
   */
  public static Map<Collector, MetricSource> of(
      Path proc,
      Path sys,
      long pageBytes,
      UnaryOperator<String> addressOf,
      Supplier<Predicate<String>> ignored,
      KernelFiles files) {
    return Map.of(
        Collector.NETWORK, new NetworkCollector(proc, sys, addressOf, ignored, files),
        Collector.SOCKSTAT, new SocketStatCollector(proc, pageBytes, files),
        Collector.SNMP, new SnmpCollector(proc, files),
        Collector.CONNTRACK, new ConntrackCollector(proc, files));
  }
}
