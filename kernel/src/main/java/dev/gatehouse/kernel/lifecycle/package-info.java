/**
 * Starting in order, unwinding what began, stopping within a bound; start with {@link
 * dev.gatehouse.kernel.lifecycle.Part} and {@link dev.gatehouse.kernel.lifecycle.LifeCycle}.
 */
@NullMarked
package dev.gatehouse.kernel.lifecycle;

import org.jspecify.annotations.NullMarked;
