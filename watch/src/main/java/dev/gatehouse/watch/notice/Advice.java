package dev.gatehouse.watch.notice;

import dev.gatehouse.kernel.metric.EventCounters;
import dev.gatehouse.kernel.metric.Metric;
import dev.gatehouse.watch.exposure.Listener;
import dev.gatehouse.watch.exposure.Resolution;
import dev.gatehouse.watch.series.Cut;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says what the table cannot show and why, and what would help. */
public final class Advice {

  private static final Logger LOG = LoggerFactory.getLogger(Advice.class);
  private static final String RIGHTS =
      "grant CAP_SYS_PTRACE and CAP_DAC_READ_SEARCH, or set watch.owners = false";

  private final LongAdder ownersHidden;
  private final Map<String, Lasting> cuts = new HashMap<>();
  private boolean ownersTold;

  /** Advice that counts what limits the watch. */
  public Advice(EventCounters counters) {
    ownersHidden = counters.counter(Metric.COLLECTOR_CONFIG_WARNINGS, "owners_hidden");
  }

  /** Sentences for the foot of the table; what concerns the operator's setup is logged as well. */
  public List<String> about(
      List<Listener> listeners, int refusedFolders, long surplusRows, boolean containerEngine) {
    List<String> sentences = new ArrayList<>();
    long hidden =
        listeners.stream().filter(l -> l.owner().resolution() == Resolution.HIDDEN).count();
    if (hidden > 0) {
      sentences.add(hidden + " owners are hidden; " + RIGHTS);
      tellHidden(hidden, refusedFolders);
    }
    if (surplusRows > 0) {
      sentences.add(surplusRows + " more sockets than can be held are not shown");
    }
    if (containerEngine) {
      sentences.add(
          "a container engine is here; ports that it publishes by address translation have no"
              + " listener and are not shown");
    }
    return sentences;
  }

  private void tellHidden(long hidden, int refusedFolders) {
    if (ownersTold) {
      return;
    }
    ownersTold = true;
    ownersHidden.increment();
    LOG.atInfo()
        .setMessage("owners_limited")
        .addKeyValue("refused_folders", refusedFolders)
        .addKeyValue("hidden_sockets", hidden)
        .addKeyValue("remedy", RIGHTS)
        .log();
  }

  /** A line for each metric that begins to be cut, and one an hour while it lasts. */
  public void tellCuts(Map<String, Cut> made, long nowNanos) {
    made.forEach(
        (metric, cut) -> {
          Lasting state = cuts.computeIfAbsent(metric, key -> new Lasting());
          if (state.update(cut.isCut(), nowNanos).isTold()) {
            tellCut(metric, cut);
          }
        });
  }

  private static void tellCut(String metric, Cut cut) {
    LOG.atWarn()
        .setMessage("listeners_truncated")
        .addKeyValue("metric", metric)
        .addKeyValue("emitted", cut.emitted())
        .addKeyValue("dropped", cut.dropped())
        .addKeyValue("cap", cut.cap())
        .log();
  }
}
