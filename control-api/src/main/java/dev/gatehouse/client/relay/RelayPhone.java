package dev.gatehouse.client.relay;

/**
 * A phone of a server-id.
 *
 * @param outboxBytes what waits for it
 * @param paused whether it is not read since its binary is slow
 */
public record RelayPhone(RelayConnection connection, long outboxBytes, boolean paused) {}
