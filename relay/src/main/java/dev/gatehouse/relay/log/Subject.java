package dev.gatehouse.relay.log;

/**
 * Of whom a line tells.
 *
 * @param connection the name of its connection
 * @param remote the host of its effective peer
 */
public record Subject(String serverId, String connection, String remote) {}
