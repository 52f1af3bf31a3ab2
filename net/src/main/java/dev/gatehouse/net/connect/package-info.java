/**
 * Connections that we make; start with {@link dev.gatehouse.net.connect.Dialer} and {@link
 * dev.gatehouse.net.connect.NameResolver}.
 */
@NullMarked
package dev.gatehouse.net.connect;

import org.jspecify.annotations.NullMarked;
