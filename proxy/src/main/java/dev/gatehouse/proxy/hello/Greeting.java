package dev.gatehouse.proxy.hello;

import dev.gatehouse.wire.tls.ClientHello;
import io.netty.buffer.ByteBuf;

/**
 * What a client began with.
 *
 * @param length of the hello, in bytes
 * @param bytes all that it sent so far, from the first, for whoever speaks TLS; the receiver of the
 *     greeting releases them
 */
public record Greeting(ClientHello hello, int length, ByteBuf bytes) {}
