/**
 * Where swarms are kept, and what hooks keep; start with {@link
 * dev.gatehouse.tracker.storage.SwarmStore}.
 */
@NullMarked
package dev.gatehouse.tracker.storage;

import org.jspecify.annotations.NullMarked;
