package dev.gatehouse.watch.scan;

import dev.gatehouse.kernel.metric.EventCounters;
import dev.gatehouse.kernel.metric.Metric;
import dev.gatehouse.net.sockets.Protocol;
import dev.gatehouse.net.sockets.ReadResult;
import dev.gatehouse.net.sockets.SocketQuery;
import dev.gatehouse.net.sockets.SocketSource;
import dev.gatehouse.watch.SocketSourceChoice;
import dev.gatehouse.watch.notice.Lasting;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts what queries came to, and tells when one begins to fail, still fails, and recovers. */
final class SourceHealth {

  private static final Logger LOG = LoggerFactory.getLogger(SourceHealth.class);

  private final EventCounters counters;
  private final LongAdder inconsistent;
  private final LongAdder malformed;
  private final Map<SocketQuery, Lasting> failing = new EnumMap<>(SocketQuery.class);
  private final Map<SocketQuery, Lasting> fallen = new EnumMap<>(SocketQuery.class);

  SourceHealth(EventCounters counters) {
    this.counters = counters;
    inconsistent = counters.counter(Metric.NETSTAT_SCAN_INCONSISTENT);
    malformed = counters.counter(Metric.NETSTAT_ROWS_MALFORMED);
    for (SocketQuery query : SocketQuery.values()) {
      failing.put(query, new Lasting());
      fallen.put(query, new Lasting());
      for (SocketSource source : SocketSource.values()) {
        errors(query, source);
      }
    }
    fallbackWarnings();
  }

  private LongAdder errors(SocketQuery query, SocketSource source) {
    return counters.counter(
        Metric.NETSTAT_SCAN_ERRORS,
        query.protocol().label(),
        query.family().label(),
        source.label());
  }

  private LongAdder fallbackWarnings() {
    return counters.counter(Metric.COLLECTOR_CONFIG_WARNINGS, "source_fallback");
  }

  void record(SocketQuery query, ReadResult result, SocketSourceChoice choice, long nowNanos) {
    switch (result) {
      case ReadResult.Complete complete -> {
        malformed.add(complete.malformed());
        inconsistent.add(complete.inconsistent() ? 1 : 0);
        if (update(failing, query, false, nowNanos) == Lasting.Turn.ENDED) {
          tellRecovered(query, complete.source());
        }
        boolean fellBack =
            choice == SocketSourceChoice.AUTO && complete.source() == SocketSource.PROC;
        if (update(fallen, query, fellBack, nowNanos).isTold()) {
          tellFallback(query);
        }
      }
      case ReadResult.Unavailable(SocketSource source, String reason) ->
          failed(query, source, reason, nowNanos);
      case ReadResult.Failed(SocketSource source, String reason) ->
          failed(query, source, reason, nowNanos);
    }
  }

  private static Lasting.Turn update(
      Map<SocketQuery, Lasting> states, SocketQuery query, boolean active, long nowNanos) {
    return states.computeIfAbsent(query, key -> new Lasting()).update(active, nowNanos);
  }

  private void failed(SocketQuery query, SocketSource source, String reason, long nowNanos) {
    errors(query, source).increment();
    if (update(failing, query, true, nowNanos).isTold()) {
      LOG.atWarn()
          .setMessage(query.protocol() == Protocol.TCP ? "tcp_scan_failed" : "udp_scan_failed")
          .addKeyValue("family", query.family().label())
          .addKeyValue("source", source.label())
          .addKeyValue("reason", reason)
          .log();
    }
  }

  private static void tellRecovered(SocketQuery query, SocketSource source) {
    LOG.atInfo()
        .setMessage(query.protocol() == Protocol.TCP ? "tcp_scan_recovered" : "udp_scan_recovered")
        .addKeyValue("family", query.family().label())
        .addKeyValue("source", source.label())
        .log();
  }

  private void tellFallback(SocketQuery query) {
    fallbackWarnings().increment();
    LOG.atWarn()
        .setMessage("socket_source_fallback")
        .addKeyValue("proto", query.protocol().label())
        .addKeyValue("family", query.family().label())
        .addKeyValue("reason", "netlink is unavailable; reading /proc, which costs much more")
        .addKeyValue("allow", "AF_NETLINK in the service's address families")
        .log();
  }
}
