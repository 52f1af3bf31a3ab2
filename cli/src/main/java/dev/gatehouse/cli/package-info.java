/**
 * The command line of a running daemon; start with {@link dev.gatehouse.cli.Cli} and {@link
 * dev.gatehouse.cli.terminal.Terminal}.
 */
@NullMarked
package dev.gatehouse.cli;

import org.jspecify.annotations.NullMarked;
