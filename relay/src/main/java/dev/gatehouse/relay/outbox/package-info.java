/**
 * What waits to be written to a phone, bounded by bytes; start with {@link
 * dev.gatehouse.relay.outbox.Outbox}.
 */
@NullMarked
package dev.gatehouse.relay.outbox;

import org.jspecify.annotations.NullMarked;
