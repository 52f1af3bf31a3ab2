/**
 * Bounds over time and on what a client may hold, as pure arithmetic; start with {@link
 * dev.gatehouse.kernel.limit.SlidingWindow} and {@link dev.gatehouse.kernel.limit.ConnectionLimit}.
 */
@NullMarked
package dev.gatehouse.kernel.limit;

import org.jspecify.annotations.NullMarked;
