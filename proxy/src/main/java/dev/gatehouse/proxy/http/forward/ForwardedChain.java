package dev.gatehouse.proxy.http.forward;

import dev.gatehouse.kernel.address.IpAddress;
import dev.gatehouse.proxy.http.Authority;
import dev.gatehouse.proxy.http.ForwardingNames;
import dev.gatehouse.wire.http.Fields;
import dev.gatehouse.wire.http.Grammar;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The hops that {@code X-Forwarded-For} lists, of which the left ones may be anybody's fiction. */
final class ForwardedChain {

  private ForwardedChain() {}

  /**
   * The first address from the right that is no trusted forwarder's; the peer, where there is none
   * or something in between is no address.
   *
   * @param peer a trusted forwarder
   */
  static IpAddress client(Fields fields, IpAddress peer, ForwardingRules rules) {
    List<String> hops =
        fields.values(ForwardingNames.FOR).stream()
            .flatMap(list -> Arrays.stream(list.split(",", -1)))
            .toList();
    for (String hop : hops.reversed()) {
      Optional<IpAddress> address = address(Grammar.trim(hop));
      if (address.isEmpty()) {
        return peer;
      }
      if (!rules.trustedForwarders().contains(address.get())) {
        return address.get();
      }
    }
    return peer;
  }

  /** Some write a port behind the address, and brackets around it. */
  private static Optional<IpAddress> address(String text) {
    return IpAddress.parse(text)
        .or(() -> Authority.parse(text).flatMap(ForwardedChain::address))
        .map(IpAddress::unmapped);
  }

  private static Optional<IpAddress> address(Authority authority) {
    return switch (authority.host()) {
      case Authority.Host.Address(IpAddress address) -> Optional.of(address);
      case Authority.Host.Name _ -> Optional.empty();
    };
  }
}
