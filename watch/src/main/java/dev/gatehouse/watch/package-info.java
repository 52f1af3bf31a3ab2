/**
 * What this host exposes, to whom, and who holds it; start with {@link
 * dev.gatehouse.watch.WatchView}.
 */
@NullMarked
package dev.gatehouse.watch;

import org.jspecify.annotations.NullMarked;
