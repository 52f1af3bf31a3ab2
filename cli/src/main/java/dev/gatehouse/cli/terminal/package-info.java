/** Where commands print; start with {@link dev.gatehouse.cli.terminal.Terminal}. */
@NullMarked
package dev.gatehouse.cli.terminal;

import org.jspecify.annotations.NullMarked;
