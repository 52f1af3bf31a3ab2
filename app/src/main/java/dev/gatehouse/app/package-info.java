/**
 * The daemon as a whole: entry, commands that start one, and the one place that builds it; start
 * with {@code Main} and {@code Gatehouse}.
 */
@NullMarked
package dev.gatehouse.app;

import org.jspecify.annotations.NullMarked;
