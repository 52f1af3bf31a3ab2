/**
 * Which software peers are, as the ids say that they choose for themselves; start with {@link
 * dev.gatehouse.tracker.client.ClientSoftware}.
 */
@NullMarked
package dev.gatehouse.tracker.client;

import org.jspecify.annotations.NullMarked;
