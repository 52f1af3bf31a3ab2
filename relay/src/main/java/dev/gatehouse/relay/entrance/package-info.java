/**
 * The way of a connection from its first byte to its upgrade; start with {@link
 * dev.gatehouse.relay.entrance.Entrance}.
 */
@NullMarked
package dev.gatehouse.relay.entrance;

import org.jspecify.annotations.NullMarked;
