/**
 * A client of the control API over its Unix socket; start with {@link
 * dev.gatehouse.control.api.ControlClient} and {@link dev.gatehouse.control.api.ControlException}.
 */
@NullMarked
package dev.gatehouse.control.api;

import org.jspecify.annotations.NullMarked;
