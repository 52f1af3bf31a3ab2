/**
 * The rendezvous of daemons behind NAT and the phones that look for them; start with {@link
 * dev.gatehouse.relay.Relay}, then read {@link dev.gatehouse.relay.registry.Registry}.
 */
@NullMarked
package dev.gatehouse.relay;

import org.jspecify.annotations.NullMarked;
