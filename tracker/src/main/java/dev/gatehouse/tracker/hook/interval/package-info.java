/** A hook that lets clients come back at different times. */
@NullMarked
package dev.gatehouse.tracker.hook.interval;

import org.jspecify.annotations.NullMarked;
