package dev.gatehouse.control.ops.scrape;

import dev.gatehouse.kernel.metric.EventCounters;
import dev.gatehouse.kernel.metric.Metric;
import java.util.concurrent.atomic.LongAdder;

/** Counts what goes wrong in scrapes, by cause. */
record ScrapeErrors(LongAdder gathering, LongAdder encoding, LongAdder busy) {

  static ScrapeErrors in(EventCounters counters) {
    return new ScrapeErrors(
        counters.counter(Metric.OPS_SCRAPE_ERRORS, "gathering"),
        counters.counter(Metric.OPS_SCRAPE_ERRORS, "encoding"),
        counters.counter(Metric.OPS_SCRAPE_ERRORS, "busy"));
  }
}
