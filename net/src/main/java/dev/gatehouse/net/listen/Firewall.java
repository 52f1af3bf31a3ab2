package dev.gatehouse.net.listen;

import dev.gatehouse.kernel.address.IpAddress;
import java.util.Optional;

/** Which clients may talk to this host; counts those that it blocks. */
@FunctionalInterface
public interface Firewall {

  /** Why a client was blocked. */
  enum Reason {
    RATE_LIMIT("rate_limit"),
    IP("ip"),
    CIDR("cidr"),
    COUNTRY("country");

    private final String label;

    Reason(String label) {
      this.label = label;
    }

    /** The word for this in metrics. */
    public String label() {
      return label;
    }
  }

  /** Lets everybody in. */
  Firewall OPEN = client -> Optional.empty();

  /** Why a new connection or datagram of this client is blocked, empty if it is not. */
  Optional<Reason> blocks(IpAddress client);
}
