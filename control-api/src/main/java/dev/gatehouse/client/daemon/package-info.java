/** The daemon as a whole; start with {@link dev.gatehouse.client.daemon.Status}. */
@NullMarked
package dev.gatehouse.client.daemon;

import org.jspecify.annotations.NullMarked;
