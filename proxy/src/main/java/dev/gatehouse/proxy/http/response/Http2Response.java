package dev.gatehouse.proxy.http.response;

import dev.gatehouse.wire.http.Fields;

/** What a client of HTTP/2 gets as a head: the status and all fields. */
public record Http2Response(int status, Fields fields) {}
