package dev.gatehouse.kernel.address;

/** The two families of Internet addresses. */
public enum AddressFamily {
  IPV4("ipv4", 4),
  IPV6("ipv6", 16);

  private final String label;
  private final int bytes;

  AddressFamily(String label, int bytes) {
    this.label = label;
    this.bytes = bytes;
  }

  /** The word for this family in metrics, tables and JSON. */
  public String label() {
    return label;
  }

  /** How many bytes an address of this family has. */
  public int bytes() {
    return bytes;
  }
}
