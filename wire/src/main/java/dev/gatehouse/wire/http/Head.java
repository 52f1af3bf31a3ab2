package dev.gatehouse.wire.http;

/**
 * All of a message that stands before its body.
 *
 * @param <S> a {@link RequestLine} or a {@link StatusLine}
 */
public record Head<S>(S start, Fields fields) {}
