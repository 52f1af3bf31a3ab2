/**
 * Read-only pages over HTTP/1.1 for peers on the same host (RFC 9110, RFC 9112); start with {@link
 * dev.gatehouse.control.ops.http.Connections} and {@link
 * dev.gatehouse.control.ops.http.ExchangeHandler}.
 */
@NullMarked
package dev.gatehouse.control.ops.http;

import org.jspecify.annotations.NullMarked;
