package dev.gatehouse.app.boot;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What this process really listens on, against what it means to.
 *
 * @param surplus found and not intended, ascending
 * @param lack intended and not found, ascending
 */
public record ExposureAudit(List<Bound> surplus, List<Bound> lack) {

  private static final Comparator<Bound> ASCENDING =
      Comparator.comparing(Bound::protocol)
          .thenComparingInt(Bound::port)
          .thenComparing(bound -> bound.address().toString());

  public ExposureAudit {
    surplus = List.copyOf(surplus);
    lack = List.copyOf(lack);
  }

  /** Compares by protocol, address and port; the wildcards of both families are equal. */
  public static ExposureAudit of(Collection<Bound> intended, Collection<Bound> found) {
    return new ExposureAudit(without(found, intended), without(intended, found));
  }

  public boolean isClean() {
    return surplus.isEmpty() && lack.isEmpty();
  }

  /** One line for each difference. */
  public List<String> lines() {
    Stream<String> open =
        surplus.stream()
            .map(
                bound ->
                    "audit: listening but not intended: %s (%s); close it or add it to the configuration"
                        .formatted(bound, bound.address().scope().label()));
    Stream<String> closed =
        lack.stream().map(bound -> "audit: intended but not listening: " + bound);
    return Stream.concat(open, closed).toList();
  }

  /** Any difference refuses the start, all of them in one message. */
  public Finding finding() {
    if (isClean()) {
      return new Finding.Passed(BootCheck.READ_BACK);
    }
    return new Finding.Refusal(
        BootCheck.READ_BACK,
        String.join("; ", lines()),
        "compare `gatehouse check` with the options of the JVM and inherited descriptors",
        Map.of());
  }

  /** The sockets cannot be read, which production does not forgive. */
  public static Finding unreadable(String reason, boolean production) {
    return Finding.problem(
        production,
        BootCheck.READ_BACK,
        "cannot read own sockets: " + reason,
        "allow AF_NETLINK or make /proc/self/net readable",
        Map.of());
  }

  private static List<Bound> without(Collection<Bound> bounds, Collection<Bound> others) {
    Set<Bound> keys = others.stream().map(Bound::key).collect(Collectors.toSet());
    return bounds.stream()
        .filter(bound -> !keys.contains(bound.key()))
        .distinct()
        .sorted(ASCENDING)
        .toList();
  }
}
