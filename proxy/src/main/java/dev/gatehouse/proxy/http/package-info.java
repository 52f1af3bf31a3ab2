/**
 * HTTP messages as values between the wire and the rules: what is in a request, where it wants to
 * go, how its body is framed, and which of its fields travel on (<a
 * href="https://datatracker.ietf.org/doc/html/rfc9110">RFC 9110</a>). Start with {@link
 * dev.gatehouse.proxy.http.Request} and {@link dev.gatehouse.proxy.http.Framing}.
 */
@NullMarked
package dev.gatehouse.proxy.http;

import org.jspecify.annotations.NullMarked;
