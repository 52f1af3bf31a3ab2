package dev.gatehouse.client.tracker;

import java.util.Optional;

/**
 * What is known of one torrent.
 *
 * @param downloads how often it was completed
 * @param rule what an operator has decided, if anything
 */
public record Swarm(long seeders, long leechers, long downloads, Optional<HashRule> rule) {}
