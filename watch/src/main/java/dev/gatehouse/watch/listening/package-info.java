/**
 * Which sockets are listeners, how they appear in the table, and what changed since the last scan.
 *
 * <p>Pure: rows, names and time come in, values go out. Start with {@link
 * dev.gatehouse.watch.listening.ListenerFilter} and {@link
 * dev.gatehouse.watch.listening.ListenerTable}.
 */
@NullMarked
package dev.gatehouse.watch.listening;

import org.jspecify.annotations.NullMarked;
