/**
 * Which process holds a listening socket, and how sure that is.
 *
 * <p>Start with {@link dev.gatehouse.watch.owner.OwnerLookup} and {@code OwnerResolver}.
 */
@NullMarked
package dev.gatehouse.watch.owner;

import org.jspecify.annotations.NullMarked;
