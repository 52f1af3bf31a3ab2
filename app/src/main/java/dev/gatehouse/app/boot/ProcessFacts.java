package dev.gatehouse.app.boot;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the process knows of itself before it starts.
 *
 * @param status the text of {@code /proc/self/status}; empty if it cannot be read
 * @param jvmArguments the options that this JVM was started with
 * @param environment the variables of the process
 */
public record ProcessFacts(
    boolean linux,
    Optional<String> status,
    List<String> jvmArguments,
    Map<String, String> environment) {

  private static final Pattern EFFECTIVE_UID =
      Pattern.compile("^Uid:\\s+[0-9]+\\s+([0-9]+)\\s", Pattern.MULTILINE);

  /** At most 64 bits, as proc(5) has it. */
  private static final Pattern EFFECTIVE_CAPABILITIES =
      Pattern.compile("^CapEff:[ \\t]*([0-9A-Fa-f]{1,16})[ \\t]*$", Pattern.MULTILINE);

  public ProcessFacts {
    jvmArguments = List.copyOf(jvmArguments);
    environment = Map.copyOf(environment);
  }

  Optional<String> effectiveUid() {
    return status.flatMap(text -> first(EFFECTIVE_UID, text));
  }

  Optional<Long> effectiveCapabilities() {
    return status
        .flatMap(text -> first(EFFECTIVE_CAPABILITIES, text))
        .map(hex -> Long.parseUnsignedLong(hex, 16));
  }

  private static Optional<String> first(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
  }
}
