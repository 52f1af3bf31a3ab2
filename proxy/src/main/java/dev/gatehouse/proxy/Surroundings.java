package dev.gatehouse.proxy;

import dev.gatehouse.kernel.metric.EventCounters;
import dev.gatehouse.kernel.time.Ticker;
import dev.gatehouse.net.accesslog.AccessLog;
import dev.gatehouse.net.listen.Admission;
import dev.gatehouse.net.loop.EventLoops;
import java.time.Duration;

/**
 * What the proxy shares with the rest of the process.
 *
 * @param drain how long connections may finish when it closes
 * @param production whether keys that others may read are errors
 */
public record Surroundings(
    EventLoops loops,
    Admission admission,
    AccessLog accessLog,
    EventCounters counters,
    Ticker ticker,
    Duration drain,
    boolean production) {}
