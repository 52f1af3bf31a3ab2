/**
 * The kinds of plain values that a configuration holds; start with {@link
 * dev.gatehouse.config.value.Codecs} and {@link dev.gatehouse.config.value.DurationText}.
 */
@NullMarked
package dev.gatehouse.config.value;

import org.jspecify.annotations.NullMarked;
