package dev.gatehouse.relay.registry;

/**
 * How many there are at one moment.
 *
 * @param binaries that are there
 * @param graced server-ids whose binary is away
 * @param phones of all server-ids, waiting ones included
 */
public record Counts(int binaries, int graced, int phones) {}
