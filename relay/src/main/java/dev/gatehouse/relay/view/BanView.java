package dev.gatehouse.relay.view;

import java.time.Instant;

/** A server-id that no binary may claim until a time has come. */
public record BanView(String serverId, Instant until) {}
