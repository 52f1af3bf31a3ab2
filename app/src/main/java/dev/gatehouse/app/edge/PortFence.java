package dev.gatehouse.app.edge;

import dev.gatehouse.app.boot.Finding;
import dev.gatehouse.app.boot.ListenerPorts;
import dev.gatehouse.app.boot.PortSpec;
import dev.gatehouse.net.sockets.Protocol;
import dev.gatehouse.proxy.ruleset.Ruleset;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The ports that this process may open, whoever asks it to.
 *
 * @param written those that the operator wrote down; empty: whatever is configured
 * @param ops that of the ops listener, always allowed
 * @param fixed those of services that no ruleset is about
 */
public record PortFence(Set<PortSpec> written, Set<PortSpec> ops, Set<PortSpec> fixed) {

  public PortFence {
    written = Set.copyOf(written);
    ops = Set.copyOf(ops);
    fixed = Set.copyOf(fixed);
  }

  /** Compares the fence with what this ruleset would open. */
  public Finding check(Ruleset ruleset) {
    Set<PortSpec> ofServices = new HashSet<>(fixed);
    ofServices.addAll(tcp(ruleset.listeners().stream().map(listener -> listener.address().port())));
    Set<PortSpec> opened = new HashSet<>(ofServices);
    opened.addAll(ops);
    return ListenerPorts.check(ListenerPorts.expected(written, ofServices, ops), opened);
  }

  /** What the texts of {@code ops.expected_ports} mean. */
  public static Set<PortSpec> written(Collection<String> texts) {
    return texts.stream()
        .flatMap(text -> PortSpec.parse(text).stream())
        .collect(Collectors.toSet());
  }

  /** TCP ports. */
  public static Set<PortSpec> tcp(Stream<Integer> ports) {
    return of(ports, Protocol.TCP);
  }

  /** UDP ports. */
  public static Set<PortSpec> udp(Stream<Integer> ports) {
    return of(ports, Protocol.UDP);
  }

  private static Set<PortSpec> of(Stream<Integer> ports, Protocol protocol) {
    return ports.map(port -> PortSpec.of(port, protocol)).collect(Collectors.toSet());
  }
}
