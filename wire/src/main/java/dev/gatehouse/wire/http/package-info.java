/**
 * HTTP/1 heads and chunks, read strictly (<a
 * href="https://datatracker.ietf.org/doc/html/rfc9112">RFC 9112</a>): where two readers might
 * understand a message differently, nobody gets it. Start with {@link
 * dev.gatehouse.wire.http.Http1HeadParser} and {@link dev.gatehouse.wire.http.Field}.
 */
@NullMarked
package dev.gatehouse.wire.http;

import org.jspecify.annotations.NullMarked;
