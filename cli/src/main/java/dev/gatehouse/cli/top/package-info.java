/** The front door as it works; start with {@link dev.gatehouse.cli.top.TopCommand}. */
@NullMarked
package dev.gatehouse.cli.top;

import org.jspecify.annotations.NullMarked;
