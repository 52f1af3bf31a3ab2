package dev.gatehouse.net.listen;

import dev.gatehouse.kernel.address.IpAddress;
import dev.gatehouse.kernel.limit.ConnectionLimit;
import dev.gatehouse.net.descriptor.DescriptorBudget;
import dev.gatehouse.net.firewall.Firewall;

/**
 * What all listeners ask about a client; one for the whole process.
 *
 * @param cost the descriptors that each connection will need, its own and those opened for it
 */
public record Admission(
    AddressLimit addresses, Firewall firewall, DescriptorBudget descriptors, int cost) {

  /** Asks nothing. */
  public static final Admission OPEN = new Admission(AddressLimit.NONE, Firewall.OPEN);

  /** Asks about clients only. */
  public Admission(AddressLimit addresses, Firewall firewall) {
    this(addresses, firewall, DescriptorBudget.UNLIMITED, 1);
  }

  /** The same for a service whose connections need so many descriptors each. */
  public Admission costing(int descriptorsEach) {
    return new Admission(addresses, firewall, descriptors, descriptorsEach);
  }

  /** How many connections one client may hold at a time, over all listeners. */
  public interface AddressLimit {

    /** Sets no limit. */
    AddressLimit NONE =
        new AddressLimit() {
          @Override
          public boolean acquire(IpAddress client) {
            return true;
          }

          @Override
          public void release(IpAddress client) {
            // nothing is counted
          }
        };

    /** The limit that is counted there. */
    static AddressLimit of(ConnectionLimit counted) {
      return new AddressLimit() {
        @Override
        public boolean acquire(IpAddress client) {
          return counted.acquire(client);
        }

        @Override
        public void release(IpAddress client) {
          counted.release(client);
        }
      };
    }

    /** Takes a place for one connection; false if the client has them all. */
    boolean acquire(IpAddress client);

    /** Gives back a place that was taken. */
    void release(IpAddress client);
  }
}
