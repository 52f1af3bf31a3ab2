/**
 * When to look at the host's sockets, once for all who ask, and what to tell whom.
 *
 * <p>Start with {@link dev.gatehouse.watch.scan.Watch} and {@code ListenerScan}.
 */
@NullMarked
package dev.gatehouse.watch.scan;

import org.jspecify.annotations.NullMarked;
