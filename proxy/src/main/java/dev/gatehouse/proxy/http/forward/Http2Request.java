package dev.gatehouse.proxy.http.forward;

import dev.gatehouse.wire.http.Fields;

/** What an HTTP/2 backend gets: the pseudo-header fields and all others. */
public record Http2Request(
    String method, String scheme, String authority, String path, Fields fields) {}
