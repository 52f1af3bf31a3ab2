/**
 * How collectors run: guarded, timed, and some on a clock of their own; start with {@link
 * dev.gatehouse.watch.collector.CollectorTimings} and {@link
 * dev.gatehouse.watch.collector.PassClock}.
 */
@NullMarked
package dev.gatehouse.watch.collector;

import org.jspecify.annotations.NullMarked;
