package dev.gatehouse.client.firewall;

/** Whom to block. */
public record FirewallRule(Type type, String value) {

  /** What the value of a rule is. */
  public enum Type {
    IP,
    CIDR,
    /** A code of ISO 3166-1 in two letters. */
    COUNTRY,
    /** One that this program does not know. */
    UNKNOWN
  }
}
