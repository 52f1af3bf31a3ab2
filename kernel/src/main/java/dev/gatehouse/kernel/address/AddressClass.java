package dev.gatehouse.kernel.address;

/**
 * The family and the scope under which an address is shown, an IPv4-mapped one as its IPv4 address.
 */
public record AddressClass(AddressFamily family, AddressScope scope) {

  /** What cannot be read is taken for the worst, so that somebody notices it. */
  private static final AddressClass UNREADABLE =
      new AddressClass(AddressFamily.IPV4, AddressScope.PUBLIC);

  public static AddressClass of(IpAddress address) {
    return new AddressClass(address.unmapped().family(), address.scope());
  }

  /** The class of a literal; a text that is none is IPv4 and public. Never asks a resolver. */
  public static AddressClass classify(String text) {
    return IpAddress.parse(text).map(AddressClass::of).orElse(UNREADABLE);
  }
}
