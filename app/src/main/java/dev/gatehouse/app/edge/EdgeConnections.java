package dev.gatehouse.app.edge;

import dev.gatehouse.control.firewall.OpenConnections;
import dev.gatehouse.kernel.address.IpAddress;
import dev.gatehouse.net.listen.Listener;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** The connections of all listeners for strangers, of whichever service. */
public final class EdgeConnections implements OpenConnections {

  private final Supplier<List<Listener>> listeners;

  /**
   * @param listeners that there are at the moment
   */
  public EdgeConnections(Supplier<List<Listener>> listeners) {
    this.listeners = listeners;
  }

  @Override
  public long open(Predicate<IpAddress> clients) {
    return listeners.get().stream().mapToLong(listener -> listener.connections(clients)).sum();
  }

  @Override
  public long reset(Predicate<IpAddress> clients) {
    return listeners.get().stream().mapToLong(listener -> listener.reset(clients)).sum();
  }
}
