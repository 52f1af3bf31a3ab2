/**
 * A client of the control API over its Unix socket; start with {@link
 * dev.gatehouse.client.GatehouseClient} and {@link dev.gatehouse.client.ControlException}.
 */
@NullMarked
package dev.gatehouse.client;

import org.jspecify.annotations.NullMarked;
