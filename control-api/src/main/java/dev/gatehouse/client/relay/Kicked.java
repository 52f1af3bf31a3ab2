package dev.gatehouse.client.relay;

/** How many connections were closed. */
public record Kicked(long binaries, long phones) {}
