/**
 * Who holds which server-id: pure decisions, without channel, clock or log; start with {@link
 * dev.gatehouse.relay.registry.Registry}.
 */
@NullMarked
package dev.gatehouse.relay.registry;

import org.jspecify.annotations.NullMarked;
