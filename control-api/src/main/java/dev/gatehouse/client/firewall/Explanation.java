package dev.gatehouse.client.firewall;

import java.util.Optional;

/**
 * What the firewall would say of an address, and why.
 *
 * @param scope loopback, private, public or none
 * @param country absent where it is not known
 * @param blockedReason rate_limit, ip, cidr or country; absent for an address that is let in
 * @param rule the one that blocks it, if one does
 * @param rateEstimate connections in the present window of the rate limit
 */
public record Explanation(
    String scope,
    Optional<String> country,
    Optional<String> blockedReason,
    Optional<FirewallRule> rule,
    long openConnections,
    double rateEstimate) {}
