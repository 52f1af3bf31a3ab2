/**
 * Starting in order, unwinding what began, stopping within a bound; start with {@link
 * dev.gatehouse.kernel.lifecycle.Part}.
 */
@NullMarked
package dev.gatehouse.kernel.lifecycle;

import org.jspecify.annotations.NullMarked;
