package dev.gatehouse.tracker.request;

import dev.gatehouse.kernel.address.IpAddress;

/**
 * An address that a client may have: one that it claims, or the one at which it is seen.
 *
 * @param provided whether it is claimed
 */
public record RequestAddress(IpAddress address, boolean provided) {}
