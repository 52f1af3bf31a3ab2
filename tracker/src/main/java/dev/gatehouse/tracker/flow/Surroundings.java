package dev.gatehouse.tracker.flow;

import dev.gatehouse.kernel.metric.EventCounters;
import dev.gatehouse.kernel.time.Ticker;
import dev.gatehouse.net.listen.Admission;
import dev.gatehouse.net.loop.EventLoops;
import java.nio.file.Path;
import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * What the tracker shares with the rest of the process.
 *
 * @param entropy where keys come from that nobody may guess
 * @param drain how long connections may finish when it closes
 * @param state the folder of what survives a restart
 * @param requestTiming whether times are kept where a listener says nothing else
 */
public record Surroundings(
    EventLoops loops,
    Admission admission,
    EventCounters counters,
    Ticker ticker,
    RandomGenerator entropy,
    Duration drain,
    Path state,
    boolean requestTiming) {}
