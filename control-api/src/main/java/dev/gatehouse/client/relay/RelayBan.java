package dev.gatehouse.client.relay;

import java.time.Instant;

/** A server-id that no binary may claim until a time has come. */
public record RelayBan(String serverId, Instant until) {}
