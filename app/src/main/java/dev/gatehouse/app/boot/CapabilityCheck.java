package dev.gatehouse.app.boot;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Compares what the process may do with what it needs.
 *
 * <p>Only the effective set counts: it is what an attacker inside the process could use. The mask
 * itself is never told, only names.
 */
final class CapabilityCheck {

  private static final BootCheck CHECK = BootCheck.CAPABILITIES;
  private static final String ALWAYS_ALLOWED = "NET_BIND_SERVICE";

  private CapabilityCheck() {}

  static Finding run(ProcessFacts facts, BootPolicy policy) {
    if (!facts.linux()) {
      return new Finding.Skipped(CHECK, "not Linux");
    }
    List<String> allowed = new ArrayList<>(policy.allowedCapabilities());
    allowed.addFirst(ALWAYS_ALLOWED);
    long mask = 0;
    for (String name : allowed) {
      OptionalInt bit = CapabilityNames.bit(name);
      if (bit.isEmpty()) {
        return unknown(name);
      }
      mask |= 1L << bit.getAsInt();
    }
    return compare(facts.effectiveCapabilities(), mask, policy.refusesCapabilities());
  }

  private static Finding compare(Optional<Long> effective, long allowed, boolean refused) {
    if (effective.isEmpty()) {
      return Finding.problem(
          refused, CHECK, "cannot read CapEff", "make /proc/self/status readable", Map.of());
    }
    long surplus = effective.get() & ~allowed;
    if (surplus == 0) {
      return new Finding.Passed(CHECK);
    }
    return Finding.problem(
        refused,
        CHECK,
        "unexpected capabilities: " + names(surplus) + "; allowed: " + names(allowed),
        "run as a non-root user, or drop them",
        Map.of());
  }

  private static Finding unknown(String name) {
    return new Finding.Refusal(
        CHECK,
        "ops.allowed_capabilities: " + name + " (expected: a name such as SYS_PTRACE)",
        "see capabilities(7) for the names",
        Map.of());
  }

  private static String names(long mask) {
    List<String> names = new ArrayList<>();
    for (int bit = 0; bit < Long.SIZE; bit++) {
      if ((mask & (1L << bit)) != 0) {
        names.add(CapabilityNames.of(bit));
      }
    }
    return String.join(", ", names);
  }
}
