package dev.gatehouse.app.dropin;

import dev.gatehouse.app.boot.BootCheck;
import dev.gatehouse.app.boot.Finding;
import dev.gatehouse.app.config.GatehouseConfig;
import dev.gatehouse.config.tree.ConfigProblem;
import dev.gatehouse.relay.config.ListenSettings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What is wrong with a configuration, each under the check to which it belongs. */
final class ConfigFindings {

  private static final Set<String> ADDRESSES =
      Set.of("relay.insecure_listen", "relay.https_listen", "relay.http_listen");

  private ConfigFindings() {}

  static List<Finding> of(List<ConfigProblem> problems) {
    Map<BootCheck, List<ConfigProblem>> byCheck =
        problems.stream().collect(Collectors.groupingBy(ConfigFindings::check));
    if (byCheck.containsKey(BootCheck.LISTENER_ADDRESS)) {
      // an address that cannot be read is still one that was meant
      byCheck.remove(BootCheck.MODE);
    }
    List<Finding> findings = new ArrayList<>();
    byCheck.forEach((check, found) -> findings.addAll(findings(check, found)));
    return findings;
  }

  private static BootCheck check(ConfigProblem problem) {
    if (problem.message().endsWith(ListenSettings.NOWHERE)) {
      return BootCheck.MODE;
    }
    if (problem.message().endsWith(ListenSettings.NOT_WITH_INSECURE)) {
      return BootCheck.EXCLUSIVE;
    }
    if (problem.message().endsWith(GatehouseConfig.PLAIN_IN_PRODUCTION)) {
      return BootCheck.INSECURE_IN_PRODUCTION;
    }
    if (problem.key().equals(RelayFlag.METRICS_LISTEN.key())) {
      return BootCheck.OPS_ADDRESS;
    }
    return ADDRESSES.contains(problem.key()) ? BootCheck.LISTENER_ADDRESS : BootCheck.LIMITS;
  }

  private static List<Finding> findings(BootCheck check, List<ConfigProblem> found) {
    return switch (check) {
      case MODE ->
          List.of(
              refusal(
                  check,
                  "neither --domain nor --insecure-listen is set",
                  "set --domain for TLS, or --insecure-listen behind a front that has it"));
      case EXCLUSIVE -> List.of(exclusive(found));
      // the drop-in command has a stricter check of its own
      case INSECURE_IN_PRODUCTION -> List.of();
      case LISTENER_ADDRESS -> each(check, "invalid listener address: ", found);
      case OPS_ADDRESS -> each(check, "", found);
      default -> each(BootCheck.LIMITS, "", found);
    };
  }

  private static Finding exclusive(List<ConfigProblem> found) {
    String flags =
        found.stream()
            .map(ConfigProblem::key)
            .map(ConfigFindings::flag)
            .sorted()
            .collect(Collectors.joining(", "));
    return refusal(
        BootCheck.EXCLUSIVE,
        "--insecure-listen cannot be combined with " + flags,
        "remove one or the other");
  }

  /** As it is called on this command line, if it is there. */
  private static String flag(String key) {
    return Arrays.stream(RelayFlag.values())
        .filter(flag -> flag.key().equals(key))
        .map(RelayFlag::written)
        .findFirst()
        .orElse(key);
  }

  private static List<Finding> each(BootCheck check, String before, List<ConfigProblem> found) {
    return found.stream()
        .map(problem -> refusal(check, before + problem, "correct it; see --help"))
        .toList();
  }

  private static Finding refusal(BootCheck check, String err, String fix) {
    return new Finding.Refusal(check, err, fix, Map.of());
  }
}
