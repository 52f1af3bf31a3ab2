/**
 * The connections of binaries and phones after their upgrade; start with {@link
 * dev.gatehouse.relay.session.Sessions}.
 */
@NullMarked
package dev.gatehouse.relay.session;

import org.jspecify.annotations.NullMarked;
