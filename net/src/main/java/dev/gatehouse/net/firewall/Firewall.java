package dev.gatehouse.net.firewall;

import dev.gatehouse.kernel.address.IpAddress;
import java.util.Optional;

/** Which clients may talk to this host; counts those that it blocks. */
public interface Firewall {

  /** Why a client was blocked, in the order in which it is asked. */
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
  Firewall OPEN =
      new Firewall() {
        @Override
        public Optional<Reason> blockedWithReason(IpAddress client) {
          return Optional.empty();
        }

        @Override
        public Optional<Reason> blockedByRule(IpAddress client) {
          return Optional.empty();
        }
      };

  /**
   * Why a new connection of this client is blocked, empty if it is not; one that is not counts
   * against the client's rate.
   */
  Optional<Reason> blockedWithReason(IpAddress client);

  /**
   * As {@link #blockedWithReason} by the lists alone: for a datagram, for a connection whose client
   * became known after it was admitted, and for one that speaks for no client.
   */
  Optional<Reason> blockedByRule(IpAddress client);
}
