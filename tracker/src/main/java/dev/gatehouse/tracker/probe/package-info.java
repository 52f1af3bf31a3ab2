/**
 * A tracker as its clients see it, to prove that it works; start with {@link
 * dev.gatehouse.tracker.probe.Probe}.
 */
@NullMarked
package dev.gatehouse.tracker.probe;

import org.jspecify.annotations.NullMarked;
