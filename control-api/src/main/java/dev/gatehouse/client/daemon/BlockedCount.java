package dev.gatehouse.client.daemon;

/**
 * How many connections were refused for one reason.
 *
 * @param reason the word for it in the metrics
 */
public record BlockedCount(String reason, long count) {}
