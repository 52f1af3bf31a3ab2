/** Calls about the relay; start with {@link dev.gatehouse.control.relay.RelayCalls}. */
@NullMarked
package dev.gatehouse.control.relay;

import org.jspecify.annotations.NullMarked;
