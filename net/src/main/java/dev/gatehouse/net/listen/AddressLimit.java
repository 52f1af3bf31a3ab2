package dev.gatehouse.net.listen;

import dev.gatehouse.kernel.address.IpAddress;

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

  /** Takes a place for one connection; false if the client has them all. */
  boolean acquire(IpAddress client);

  /** Gives back a place that was taken. */
  void release(IpAddress client);
}
