/**
 * How many TCP connections there are, who opened them, and how far away their peers are.
 *
 * <p>Start with {@link dev.gatehouse.watch.connection.ConnectionPass} and {@link
 * dev.gatehouse.watch.exposure.ConnectionCounts}.
 */
@NullMarked
package dev.gatehouse.watch.connection;

import org.jspecify.annotations.NullMarked;
