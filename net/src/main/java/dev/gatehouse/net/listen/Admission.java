package dev.gatehouse.net.listen;

import dev.gatehouse.kernel.address.IpAddress;
import dev.gatehouse.kernel.limit.ConnectionLimit;
import dev.gatehouse.net.firewall.Firewall;

/** What all listeners ask about a client; one for the whole process. */
public record Admission(AddressLimit addresses, Firewall firewall) {

  /** Asks nothing. */
  public static final Admission OPEN = new Admission(AddressLimit.NONE, Firewall.OPEN);

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
