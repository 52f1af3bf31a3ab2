/**
 * The way of a request, from the frontend that has read it to the swarm that it changes; start with
 * {@link dev.gatehouse.tracker.flow.Flow}, whose steps are numbered.
 */
@NullMarked
package dev.gatehouse.tracker.flow;

import org.jspecify.annotations.NullMarked;
