package dev.gatehouse.proxy.ruleset;

import dev.gatehouse.kernel.address.Endpoint;
import dev.gatehouse.net.firewall.FirewallRules;
import dev.gatehouse.proxy.config.ListenerConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * All that operators change while the edge runs: the listeners with their routes and limits, and
 * whom the firewall blocks.
 *
 * @param listeners each address once, in the order in which they were added
 */
public record Ruleset(List<ListenerConfig> listeners, FirewallRules firewall) {

  /** Listens nowhere and blocks nobody. */
  public static final Ruleset EMPTY = new Ruleset(List.of(), FirewallRules.NONE);

  public Ruleset {
    listeners = List.copyOf(listeners);
  }

  /** The listener of that address. */
  public Optional<ListenerConfig> listener(Endpoint address) {
    return listeners.stream().filter(listener -> listener.address().equals(address)).findFirst();
  }

  /** How many routes all listeners have together. */
  public int routes() {
    return listeners.stream().mapToInt(listener -> listener.routes().size()).sum();
  }

  /** The same with this listener instead of the one of its address. */
  public Ruleset with(ListenerConfig changed) {
    List<ListenerConfig> others = new ArrayList<>(listeners);
    others.replaceAll(
        listener -> listener.address().equals(changed.address()) ? changed : listener);
    return new Ruleset(others, firewall);
  }

  /** The same with other rules of the firewall. */
  public Ruleset with(FirewallRules others) {
    return new Ruleset(listeners, others);
  }
}
