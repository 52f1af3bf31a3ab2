/**
 * How log events become lines; start with {@link dev.gatehouse.app.log.Logging} and {@link
 * dev.gatehouse.app.log.LogLine}.
 */
@NullMarked
package dev.gatehouse.app.log;

import org.jspecify.annotations.NullMarked;
