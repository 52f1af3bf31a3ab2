/** The commands about the relay; start with {@link dev.gatehouse.cli.relay.RelayCommands}. */
@NullMarked
package dev.gatehouse.cli.relay;

import org.jspecify.annotations.NullMarked;
