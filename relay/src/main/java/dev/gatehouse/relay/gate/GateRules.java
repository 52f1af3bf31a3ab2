package dev.gatehouse.relay.gate;

/**
 * What the gates go by.
 *
 * @param domain the one host that is served; empty: any
 * @param requireToken whether phones must send a token, of which nothing more is asked
 */
public record GateRules(
    String domain, ClientKeys clients, ClaimPolicy claims, boolean requireToken) {}
