package dev.gatehouse.relay.view;

/**
 * A phone as it was at one moment.
 *
 * @param outboxBytes what waits for it
 * @param paused whether it is not read since its binary is slow
 */
public record PhoneView(ConnectionView connection, long outboxBytes, boolean paused) {}
