package dev.gatehouse.net.listen;

/** What all listeners ask about a client; one for the whole process. */
public record Admission(AddressLimit addresses, Firewall firewall) {

  /** Asks nothing. */
  public static final Admission OPEN = new Admission(AddressLimit.NONE, Firewall.OPEN);
}
