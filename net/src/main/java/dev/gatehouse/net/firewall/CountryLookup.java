package dev.gatehouse.net.firewall;

import dev.gatehouse.kernel.address.IpAddress;
import java.util.Optional;

/** Which country an address is used in. */
@FunctionalInterface
public interface CountryLookup {

  /** Knows no country. */
  CountryLookup NONE = address -> Optional.empty();

  /** The code of ISO 3166-1 in two capitals, empty for an address without one. Never waits. */
  Optional<String> country(IpAddress address);
}
