/**
 * Trackers side by side: what an answer costs them; start with {@link
 * dev.gatehouse.bench.tracker.TrackerComparison}.
 */
@NullMarked
package dev.gatehouse.bench.tracker;

import org.jspecify.annotations.NullMarked;
