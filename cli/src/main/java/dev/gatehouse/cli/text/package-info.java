/**
 * Text for a terminal and for programs; start with {@link dev.gatehouse.cli.text.Table} and {@link
 * dev.gatehouse.cli.text.PlainText}.
 */
@NullMarked
package dev.gatehouse.cli.text;

import org.jspecify.annotations.NullMarked;
