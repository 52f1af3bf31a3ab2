package dev.gatehouse.net.datagram;

import dev.gatehouse.kernel.address.Endpoint;

/**
 * What a listener for datagrams is told.
 *
 * @param key where the configuration names it
 * @param service the word for it in the log
 * @param endpoint where it listens; {@code [::]} takes both families, port 0 any free one
 * @param workers how many sockets of each family share the port, each with a thread
 * @param reusePort whether other processes may have the port too
 * @param receiveBuffer bytes that are asked of the kernel for what waits to be read
 * @param maxReceived bytes of the longest datagram that is looked at
 * @param maxSent bytes of the longest answer
 */
public record DatagramSettings(
    String key,
    String service,
    Endpoint endpoint,
    int workers,
    boolean reusePort,
    int receiveBuffer,
    int maxReceived,
    int maxSent) {}
