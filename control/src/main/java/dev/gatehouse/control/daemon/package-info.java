/**
 * The calls about the daemon as a whole; start with {@link
 * dev.gatehouse.control.daemon.DaemonCalls} and {@link dev.gatehouse.control.daemon.DaemonAdmin}.
 */
@NullMarked
package dev.gatehouse.control.daemon;

import org.jspecify.annotations.NullMarked;
