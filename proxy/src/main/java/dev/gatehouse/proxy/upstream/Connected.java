package dev.gatehouse.proxy.upstream;

import io.netty.channel.Channel;

/**
 * A connection to a backend.
 *
 * @param channel does not read until it is told to
 * @param nanos how long the backend that took it needed
 */
public record Connected(Channel channel, Backend backend, long nanos) {}
