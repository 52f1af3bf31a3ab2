package dev.gatehouse.kernel.address;

/**
 * How far an address reaches, in rising order of width; {@link #NONE} stands for "no peer".
 *
 * <p>Written once for the firewall, the metrics, the bind checks and the watch: a second opinion on
 * what is private would be a hole in one of them.
 */
public enum AddressScope {
  NONE("none"),
  LOOPBACK("loopback"),
  PRIVATE("private"),
  PUBLIC("public");

  private final String label;

  AddressScope(String label) {
    this.label = label;
  }

  /** The word for this scope in metrics, tables and JSON. */
  public String label() {
    return label;
  }

  /**
   * The scope of an address given as the halves of an {@link IpAddress}, without making one: for
   * loops over the kernel's whole table of sockets. A mapped address is judged as its IPv4 address.
   */
  public static AddressScope of(AddressFamily family, long high, long low) {
    return ScopeRules.scope(family, high, low);
  }

  /** Whether something of this scope is reachable from at least as far as from {@code other}. */
  public boolean isAtLeast(AddressScope other) {
    return compareTo(other) >= 0;
  }
}
