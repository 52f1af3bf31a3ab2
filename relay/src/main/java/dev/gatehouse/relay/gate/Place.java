package dev.gatehouse.relay.gate;

import dev.gatehouse.kernel.address.IpAddress;
import dev.gatehouse.kernel.limit.ConnectionLimit;
import dev.gatehouse.relay.registry.ConnectionSlots;
import java.util.concurrent.atomic.AtomicBoolean;

/** What one connection holds of all that is limited, until it gives it back. */
public final class Place {

  private final Role role;
  private final IpAddress client;
  private final ConnectionSlots slots;
  private final ConnectionLimit clients;
  private final AtomicBoolean held = new AtomicBoolean(true);

  Place(Role role, IpAddress client, ConnectionSlots slots, ConnectionLimit clients) {
    this.role = role;
    this.client = client;
    this.slots = slots;
    this.clients = clients;
  }

  /** Gives it back; a second time changes nothing. */
  public void giveBack() {
    if (!held.compareAndSet(true, false)) {
      return;
    }
    clients.release(client);
    switch (role) {
      case BINARY -> slots.giveBackBinary();
      case PHONE -> slots.giveBackPhone();
    }
  }
}
