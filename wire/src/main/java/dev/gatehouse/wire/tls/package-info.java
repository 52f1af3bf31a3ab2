/**
 * The first message of a TLS connection, read without touching it (<a
 * href="https://datatracker.ietf.org/doc/html/rfc8446#section-4.1.2">RFC 8446 section 4.1.2</a>);
 * start with {@link dev.gatehouse.wire.tls.ClientHello} and {@link
 * dev.gatehouse.wire.tls.ClientHelloDecoder}.
 */
@NullMarked
package dev.gatehouse.wire.tls;

import org.jspecify.annotations.NullMarked;
