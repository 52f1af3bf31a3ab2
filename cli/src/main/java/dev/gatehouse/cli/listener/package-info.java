/**
 * The listeners of the front door; start with {@link dev.gatehouse.cli.listener.ListenerCommands}.
 */
@NullMarked
package dev.gatehouse.cli.listener;

import org.jspecify.annotations.NullMarked;
