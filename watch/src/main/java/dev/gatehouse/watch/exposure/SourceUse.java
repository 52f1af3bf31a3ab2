package dev.gatehouse.watch.exposure;

import dev.gatehouse.kernel.address.AddressFamily;
import dev.gatehouse.net.sockets.Protocol;
import dev.gatehouse.net.sockets.SocketSource;

/**
 * How one part of the socket table was read.
 *
 * @param error why it could not be read; empty if it was
 */
public record SourceUse(
    Protocol protocol, AddressFamily family, SocketSource source, String error) {}
