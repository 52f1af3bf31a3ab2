package dev.gatehouse.client.daemon;

/**
 * One socket on which the daemon listens.
 *
 * @param service the one behind it
 * @param protocol tcp, udp or unix
 * @param address as bound, or a path
 */
public record ListeningSocket(String service, String protocol, String address) {}
