package dev.gatehouse.client.tracker;

/** What a collection has taken out. */
public record Collected(long peers, long torrents) {}
