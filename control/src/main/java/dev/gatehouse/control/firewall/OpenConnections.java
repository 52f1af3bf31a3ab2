package dev.gatehouse.control.firewall;

import dev.gatehouse.kernel.address.IpAddress;
import java.util.function.Predicate;

/** The open connections of all public listeners, by the address of their client. */
public interface OpenConnections {

  /** How many come from such clients. */
  long open(Predicate<IpAddress> clients);

  /** Resets those of such clients, and says how many there were. */
  long reset(Predicate<IpAddress> clients);
}
