/**
 * Swarms in memory: who is in which, who is handed out, who has not come again. Pure: no clock, no
 * thread, no socket; start with {@link dev.gatehouse.tracker.swarm.Swarms} and, for how peers are
 * kept, {@code PeerBlock}.
 */
@NullMarked
package dev.gatehouse.tracker.swarm;

import org.jspecify.annotations.NullMarked;
