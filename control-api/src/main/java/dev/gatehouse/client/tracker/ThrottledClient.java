package dev.gatehouse.client.tracker;

/**
 * Somebody who is beyond a limit.
 *
 * @param limit the word for it in the metrics
 * @param address or the network of an IPv6 /64
 */
public record ThrottledClient(String limit, String address) {}
