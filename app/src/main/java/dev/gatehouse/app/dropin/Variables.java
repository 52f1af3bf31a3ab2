package dev.gatehouse.app.dropin;

import dev.gatehouse.app.boot.BootCheck;
import dev.gatehouse.app.boot.Finding;
import dev.gatehouse.relay.push.ServiceAccount;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The variables of the relay's predecessor, and what may be in them. */
public final class Variables {

  /** With what all of them begin. */
  private static final String PREFIX = "PYRYCODE_RELAY_";

  private static final String ON = "1";

  private static final List<Row> ROWS =
      List.of(
          Row.onOrUnset(PREFIX + "PRODUCTION", "ops.production"),
          Row.onOrUnset(PREFIX + "SINGLE_INSTANCE", "relay.single_instance"),
          Row.secret(PREFIX + "FCM_CREDENTIALS", "relay.push.fcm_credentials"));

  private Variables() {}

  /**
   * One variable.
   *
   * @param key of the configuration for which it stands
   * @param isSecret whether its value is never told
   */
  record Row(String name, String key, boolean isRequired, boolean isSecret) {

    static Row onOrUnset(String name, String key) {
      return new Row(name, key, false, false);
    }

    static Row secret(String name, String key) {
      return new Row(name, key, false, true);
    }

    /** What is wrong with it in this environment. */
    Optional<String> problem(Map<String, String> environment) {
      String value = environment.get(name);
      if (value == null) {
        return isRequired ? Optional.of(name + ": missing") : Optional.empty();
      }
      if (isSecret) {
        return ServiceAccount.read(value).isPresent()
            ? Optional.empty()
            : Optional.of(malformed(ServiceAccount.EXPECTED + " (value withheld)"));
      }
      return value.equals(ON)
          ? Optional.empty()
          : Optional.of(malformed("\"1\" or unset, got \"" + value + '"'));
    }

    private String malformed(String expectation) {
      return name + ": malformed-value: expected " + expectation;
    }

    boolean isUsable(Map<String, String> environment) {
      return environment.containsKey(name) && problem(environment).isEmpty();
    }

    /** What the key is given; of a secret, where it is. */
    String text() {
      return isSecret ? "env:" + name : "true";
    }
  }

  /** Those that are there with a value that they may have. */
  static List<Row> usable(Map<String, String> environment) {
    return ROWS.stream().filter(row -> row.isUsable(environment)).toList();
  }

  /** What is wrong with them, or that nothing is. */
  static List<Finding> check(Map<String, String> environment) {
    List<Finding> refusals =
        ROWS.stream()
            .flatMap(row -> row.problem(environment).stream())
            .<Finding>map(
                problem ->
                    new Finding.Refusal(
                        BootCheck.ENV, problem, "set what is expected, or unset it", Map.of()))
            .toList();
    return refusals.isEmpty() ? List.of(new Finding.Passed(BootCheck.ENV)) : refusals;
  }

  /** Those for which nobody looks but the drop-in command. */
  public static Stream<String> ignored(Map<String, String> environment) {
    return environment.keySet().stream().filter(name -> name.startsWith(PREFIX)).sorted();
  }
}
