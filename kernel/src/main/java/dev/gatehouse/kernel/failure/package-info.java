/**
 * What can go wrong, whose doing it is and what must close; start with {@link
 * dev.gatehouse.kernel.failure.Failure} and {@link dev.gatehouse.kernel.failure.Kind}.
 */
@NullMarked
package dev.gatehouse.kernel.failure;

import org.jspecify.annotations.NullMarked;
