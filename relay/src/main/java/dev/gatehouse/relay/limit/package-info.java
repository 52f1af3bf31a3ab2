/**
 * Bounds of the relay over time, as pure arithmetic; start with {@link
 * dev.gatehouse.relay.limit.TokenBuckets}.
 */
@NullMarked
package dev.gatehouse.relay.limit;

import org.jspecify.annotations.NullMarked;
