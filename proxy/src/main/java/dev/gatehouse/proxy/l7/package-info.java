/**
 * TLS and HTTP with clients; start with {@link dev.gatehouse.proxy.l7.Termination} and {@code
 * L7Handler}.
 */
@NullMarked
package dev.gatehouse.proxy.l7;

import org.jspecify.annotations.NullMarked;
