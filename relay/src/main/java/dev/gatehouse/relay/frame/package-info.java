/**
 * The frames of one connection (<a href="https://datatracker.ietf.org/doc/html/rfc6455">RFC
 * 6455</a>), around the codec that reads and writes them; start with {@link
 * dev.gatehouse.relay.frame.FrameReader} and {@link dev.gatehouse.relay.frame.Violation}.
 */
@NullMarked
package dev.gatehouse.relay.frame;

import org.jspecify.annotations.NullMarked;
