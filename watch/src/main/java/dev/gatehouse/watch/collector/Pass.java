package dev.gatehouse.watch.collector;

import java.time.Duration;
import java.util.function.Supplier;

/**
 * Work that is too slow for a scrape and runs on a clock of its own.
 *
 * @param interval asked before each run, so that it may change; zero while the pass is off
 * @param work publishes its result itself
 */
public record Pass(Collector collector, Supplier<Duration> interval, CollectorTimings.Work work) {}
