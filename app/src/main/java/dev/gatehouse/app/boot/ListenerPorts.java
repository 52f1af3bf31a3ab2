package dev.gatehouse.app.boot;

import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The fence around the ports that this process may open, checked before the first is bound. */
public final class ListenerPorts {

  private ListenerPorts() {}

  /**
   * The ports that may be opened: those that the operator wrote down, or else those of the
   * configuration; those of the ops listener always.
   */
  public static Set<PortSpec> expected(
      Collection<PortSpec> written, Collection<PortSpec> derived, Collection<PortSpec> ops) {
    Set<PortSpec> expected = new TreeSet<>(written.isEmpty() ? derived : written);
    expected.addAll(ops);
    return expected;
  }

  /**
   * Compares the fence with the listeners that were constructed.
   *
   * <p>A surplus refuses the start. A port that stays closed only warns: it is what a fence wider
   * than the configuration looks like.
   */
  public static Finding check(Collection<PortSpec> expected, Collection<PortSpec> actual) {
    Set<PortSpec> surplus =
        without(actual, port -> expected.stream().anyMatch(e -> e.covers(port)));
    if (!surplus.isEmpty()) {
      return new Finding.Refusal(
          BootCheck.LISTENER_PORTS,
          "unexpected listener ports",
          "remove the listener, or add its port to ops.expected_ports",
          Map.of("unexpected_ports", list(surplus), "expected_ports", list(expected)));
    }
    Set<PortSpec> unopened = without(expected, port -> actual.stream().anyMatch(port::meets));
    if (!unopened.isEmpty()) {
      return new Finding.Warning(
          BootCheck.LISTENER_PORTS,
          "expected ports are not opened",
          "add a listener, or remove the port from ops.expected_ports",
          Map.of("unopened_ports", list(unopened)));
    }
    return new Finding.Passed(BootCheck.LISTENER_PORTS);
  }

  private static Set<PortSpec> without(Collection<PortSpec> ports, Predicate<PortSpec> known) {
    return ports.stream().filter(known.negate()).collect(Collectors.toCollection(TreeSet::new));
  }

  private static String list(Collection<PortSpec> ports) {
    return ports.stream()
        .sorted()
        .distinct()
        .map(PortSpec::toString)
        .collect(Collectors.joining(", "));
  }
}
