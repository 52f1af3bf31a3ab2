package dev.gatehouse.watch.listening;

import dev.gatehouse.kernel.address.AddressFamily;
import dev.gatehouse.watch.exposure.Listener;

/**
 * A row of the table and the part of the kernel's table that it came from.
 *
 * @param socketFamily of the socket, which for a mapped address differs from the listener's
 */
public record TableRow(Listener listener, AddressFamily socketFamily) {

  /** The same row with another listener. */
  public TableRow with(Listener other) {
    return new TableRow(other, socketFamily);
  }
}
