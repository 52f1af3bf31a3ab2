/** Deadlines without timers; start with {@link dev.gatehouse.proxy.sweep.LoopSweep}. */
@NullMarked
package dev.gatehouse.proxy.sweep;

import org.jspecify.annotations.NullMarked;
