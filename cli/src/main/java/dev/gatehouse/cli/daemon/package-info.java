/** The daemon as a whole; start with {@link dev.gatehouse.cli.daemon.DaemonCommands}. */
@NullMarked
package dev.gatehouse.cli.daemon;

import org.jspecify.annotations.NullMarked;
