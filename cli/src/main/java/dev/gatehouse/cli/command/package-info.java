/**
 * What commands share; start with {@link dev.gatehouse.cli.command.DaemonCommand} and {@link
 * dev.gatehouse.cli.command.CommandGroup}.
 */
@NullMarked
package dev.gatehouse.cli.command;

import org.jspecify.annotations.NullMarked;
