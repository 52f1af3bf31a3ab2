/**
 * The frames and the handshake of <a href="https://datatracker.ietf.org/doc/html/rfc6455">RFC
 * 6455</a>, as a server reads and writes them; start with {@link
 * dev.gatehouse.wire.websocket.FrameReader}.
 */
@NullMarked
package dev.gatehouse.wire.websocket;

import org.jspecify.annotations.NullMarked;
