/**
 * The L4 front door beside its peers: load, backend and tables. Start at {@link
 * dev.gatehouse.bench.l4.Comparison}; {@code bench/proxy} starts the proxies and runs it.
 *
 * <p>Nothing here knows Gatehouse: all proxies are a port and a process. Client and backend share
 * this JVM, whose CPU time counts nowhere.
 */
@NullMarked
package dev.gatehouse.bench.l4;

import org.jspecify.annotations.NullMarked;
