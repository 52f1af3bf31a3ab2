/**
 * The two halves of a connection of WebSocket, {@link dev.gatehouse.relay.frame.FrameInput} and
 * {@link dev.gatehouse.relay.frame.FrameOutput}, and what is said beside messages.
 */
@NullMarked
package dev.gatehouse.relay.frame;

import org.jspecify.annotations.NullMarked;
