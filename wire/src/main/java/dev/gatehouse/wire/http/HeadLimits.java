package dev.gatehouse.wire.http;

/**
 * How large the head of a message may be.
 *
 * @param maxStartLine bytes of the request or status line, without its CRLF
 * @param maxHeaderSize names, values and {@link Field#OVERHEAD} of each field; also bytes as sent,
 *     which is more only where values are padded
 * @param maxFields of a head, and of a trailer
 */
public record HeadLimits(int maxStartLine, int maxHeaderSize, int maxFields) {}
