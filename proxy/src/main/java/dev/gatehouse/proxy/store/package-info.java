/**
 * The ruleset in a database, so that it outlives the process; start with {@link
 * dev.gatehouse.proxy.store.Store}.
 */
@NullMarked
package dev.gatehouse.proxy.store;

import org.jspecify.annotations.NullMarked;
