package dev.gatehouse.control.firewall;

import dev.gatehouse.kernel.address.IpAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntSupplier;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Open connections of certain clients, and what was done to them. */
final class FakeConnections implements OpenConnections {

  private final List<IpAddress> open;
  private final int before;
  private final IntSupplier rulesInForce;
  private final List<Integer> rulesAtReset = new ArrayList<>();

  FakeConnections(IntSupplier rulesInForce, String... clients) {
    this.rulesInForce = rulesInForce;
    this.open =
        new ArrayList<>(
            Stream.of(clients).map(client -> IpAddress.parse(client).orElseThrow()).toList());
    this.before = open.size();
  }

  @Override
  public synchronized long open(Predicate<IpAddress> clients) {
    return open.stream().filter(clients).count();
  }

  @Override
  public synchronized long reset(Predicate<IpAddress> clients) {
    rulesAtReset.add(rulesInForce.getAsInt());
    long held = open.size();
    open.removeIf(clients);
    return held - open.size();
  }

  synchronized int closed() {
    return before - open.size();
  }

  /** How many rules were in force at each reset. */
  synchronized List<Integer> rulesAtReset() {
    return List.copyOf(rulesAtReset);
  }
}
