package dev.gatehouse.app.boot;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Looks for options that hand the process to whoever connects.
 *
 * <p>A debugger that is dialled out to is as powerful as one that listens, and a JMX port opens a
 * second, random one.
 */
final class DebugAgentCheck {

  /** What the JVM and its launcher read besides the command line. */
  private static final List<String> OPTION_VARIABLES =
      List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS");

  private static final Pattern DEBUG_AGENT =
      Pattern.compile(
          "-agentlib:jdwp|-Xrunjdwp|-agentpath:.*jdwp.*"
              + "|-Dcom\\.sun\\.management\\.jmxremote\\.(rmi\\.)?port");

  private DebugAgentCheck() {}

  static Finding run(ProcessFacts facts, BootPolicy policy) {
    Optional<String> option = policy.production() ? debugOption(facts) : Optional.empty();
    if (option.isEmpty()) {
      return new Finding.Passed(BootCheck.DEBUG_AGENT);
    }
    return new Finding.Refusal(
        BootCheck.DEBUG_AGENT,
        "a debug agent is loaded: " + option.get(),
        "remove it from the options of the JVM",
        Map.of());
  }

  private static Optional<String> debugOption(ProcessFacts facts) {
    Stream<String> variables =
        OPTION_VARIABLES.stream()
            .map(variable -> facts.environment().getOrDefault(variable, ""))
            .flatMap(options -> Arrays.stream(options.split("[\\s\"']+", -1)));
    return Stream.concat(facts.jvmArguments().stream(), variables)
        .map(DebugAgentCheck::name)
        .filter(name -> DEBUG_AGENT.matcher(name).matches())
        .findFirst();
  }

  /**
   * An option without its value, which may be a secret; {@code -Xrunjdwp:} has it after a colon.
   */
  private static String name(String option) {
    String name = option.split("=", 2)[0];
    return name.startsWith("-Xrunjdwp:") ? "-Xrunjdwp" : name;
  }
}
