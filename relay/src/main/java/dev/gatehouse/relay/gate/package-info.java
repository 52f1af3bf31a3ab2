/**
 * What decides about a connection before it belongs to a server-id, and with which words it ends:
 * values without a channel; start with {@link dev.gatehouse.relay.gate.UpgradeGates} and {@link
 * dev.gatehouse.relay.gate.CloseCause}.
 */
@NullMarked
package dev.gatehouse.relay.gate;

import org.jspecify.annotations.NullMarked;
