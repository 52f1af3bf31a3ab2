package dev.gatehouse.proxy.http.response;

import dev.gatehouse.proxy.http.Framing;
import dev.gatehouse.wire.http.Fields;

/**
 * The head of a backend's final response that was found sound.
 *
 * @param reason for humans; empty from HTTP/2
 * @param fields that travel on; with {@code Content-Length} only where it tells of a body that is
 *     not sent
 * @param reusable whether, after the body, another request may follow on its connection
 */
public record Response(
    int status, String reason, Fields fields, Framing framing, boolean reusable) {}
