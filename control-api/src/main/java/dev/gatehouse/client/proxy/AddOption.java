package dev.gatehouse.client.proxy;

/** How a route is added. */
public enum AddOption {
  /** A route without policies loses those that the daemon has for it; else they stay. */
  CLEAR_POLICIES,
  /** Says what would happen, changes nothing. */
  VALIDATE_ONLY
}
