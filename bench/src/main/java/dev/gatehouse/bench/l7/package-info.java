/**
 * The L7 front door beside its peers: load, the backend of calls and the table. Start at {@link
 * dev.gatehouse.bench.l7.Comparison}; {@code bench/l7} starts the proxies and the backend of files
 * and runs it.
 *
 * <p>Nothing here knows Gatehouse: all proxies are a port and a process. The CPU time of this JVM
 * and of h2load counts nowhere.
 */
@NullMarked
package dev.gatehouse.bench.l7;

import org.jspecify.annotations.NullMarked;
