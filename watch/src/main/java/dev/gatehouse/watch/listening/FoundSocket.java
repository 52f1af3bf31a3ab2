package dev.gatehouse.watch.listening;

import dev.gatehouse.net.sockets.SocketRow;
import dev.gatehouse.watch.exposure.Binding;

/**
 * A socket that listens, and what its row alone tells.
 *
 * @param ephemeral whether this may be a client that waits for an answer
 */
public record FoundSocket(SocketRow row, Binding binding, boolean ephemeral) {}
