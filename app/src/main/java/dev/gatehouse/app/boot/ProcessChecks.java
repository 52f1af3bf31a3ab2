package dev.gatehouse.app.boot;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** The checks that look at the process and not at its listeners. */
public final class ProcessChecks {

  /** {@code sun_path} of unix(7), less the NUL that ends it. */
  static final int MAX_SOCKET_PATH_BYTES = 107;

  private ProcessChecks() {}

  /** One finding of each check. */
  public static List<Finding> run(ProcessFacts facts, BootPolicy policy) {
    return List.of(
        root(facts, policy),
        CapabilityCheck.run(facts, policy),
        DebugAgentCheck.run(facts, policy),
        controlSocket(policy.controlPath()));
  }

  private static Finding root(ProcessFacts facts, BootPolicy policy) {
    BootCheck check = BootCheck.ROOT_IN_PRODUCTION;
    if (!policy.production()) {
      return new Finding.Passed(check);
    }
    if (!facts.linux()) {
      return new Finding.Skipped(check, "not Linux");
    }
    String uid = facts.effectiveUid().orElse("unknown");
    return switch (uid) {
      case "unknown" ->
          new Finding.Refusal(
              check, "cannot read Uid", "make /proc/self/status readable", Map.of());
      case "0" ->
          new Finding.Refusal(
              check,
              "running as root is refused in production",
              "run as a user of its own",
              Map.of("effective_uid", uid));
      default -> new Finding.Passed(check);
    };
  }

  private static Finding controlSocket(String path) {
    int bytes = path.getBytes(StandardCharsets.UTF_8).length;
    if (bytes <= MAX_SOCKET_PATH_BYTES) {
      return new Finding.Passed(BootCheck.CONTROL_SOCKET);
    }
    return new Finding.Refusal(
        BootCheck.CONTROL_SOCKET,
        "path of the control socket: %d bytes (expected: at most %d)"
            .formatted(bytes, MAX_SOCKET_PATH_BYTES),
        "set ops.control to a shorter path",
        Map.of("path", path));
  }
}
