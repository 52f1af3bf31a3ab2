package dev.gatehouse.control.ops;

import dev.gatehouse.config.Section;
import dev.gatehouse.control.ControlMode;
import dev.gatehouse.kernel.address.Endpoint;
import dev.gatehouse.kernel.address.IpAddress;
import dev.gatehouse.kernel.address.LoopbackBind;
import dev.gatehouse.kernel.metric.Metric;
import dev.gatehouse.net.loop.Transport;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * The table {@code [ops]}: how the daemon as a whole is run and watched.
 *
 * @param listen where metrics, health and console are served; empty: nowhere
 * @param allowedHosts further values of {@code Host}, without port
 * @param control the Unix socket for control; empty: none
 * @param controlMode who may use that socket
 * @param controlGroup the group of that socket; empty: that of the daemon
 * @param state where database, certificates and keys are
 * @param expectedPorts each {@code 443}, {@code 443/tcp} or {@code 6969/udp}; empty: as configured
 * @param exposureRecheck between two looks at the own sockets where the watch is off; 0: never
 * @param allowedCapabilities beyond that of binding low ports, without {@code CAP_}
 * @param drainDelay between being ready no more and taking nobody any more
 * @param transport the interface to the kernel on which event loops wait
 * @param requestTiming whether histograms of request times are kept
 * @param jvmMetrics whether metrics tell of the JVM too
 */
public record OpsConfig(
    Optional<Endpoint> listen,
    List<String> allowedHosts,
    Optional<Path> control,
    ControlMode controlMode,
    String controlGroup,
    Path state,
    List<String> expectedPorts,
    Duration exposureRecheck,
    boolean production,
    CapabilityPolicy capabilityCheck,
    List<String> allowedCapabilities,
    Duration shutdownTimeout,
    Duration drainDelay,
    Transport transport,
    boolean requestTiming,
    boolean jvmMetrics,
    LogConfig log) {

  /** What happens when the process has rights that it does not need. */
  public enum CapabilityPolicy {
    /** Refuse the start in production, else warn. */
    AUTO("auto"),
    REFUSE("refuse"),
    WARN("warn");

    private final String label;

    CapabilityPolicy(String label) {
      this.label = label;
    }

    /** The word for this in the configuration. */
    public String label() {
      return label;
    }
  }

  /** What {@code request_timing} switches off. */
  private static final Set<Metric> REQUEST_TIMES =
      Set.of(
          Metric.PROXY_REQUEST_DURATION_SECONDS,
          Metric.RELAY_FORWARD_DURATION_SECONDS,
          Metric.RELAY_PING_RTT_SECONDS);

  private static final int DEFAULT_PORT = 9090;

  /** Where metrics, health and console are served unless the configuration says otherwise. */
  public static final Endpoint DEFAULT_LISTEN =
      new Endpoint(IpAddress.parse("127.0.0.1").orElseThrow(), DEFAULT_PORT);

  private static final Pattern HOST = Pattern.compile("[A-Za-z0-9._-]{1,253}");
  private static final Pattern PORT = Pattern.compile("([1-9][0-9]{0,4})(/tcp|/udp)?");
  private static final int MAX_PORT = 65535;
  private static final Pattern GROUP = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,31}");
  private static final Pattern CAPABILITY = Pattern.compile("[A-Z][A-Z_]{1,30}");

  public OpsConfig {
    allowedHosts = List.copyOf(allowedHosts);
    expectedPorts = List.copyOf(expectedPorts);
    allowedCapabilities = List.copyOf(allowedCapabilities);
  }

  /** Histograms that nobody wants to see. */
  public Set<Metric> silentHistograms() {
    return requestTiming ? Set.of() : REQUEST_TIMES;
  }

  /** Reads the table. */
  public static OpsConfig read(Section ops) {
    Path state =
        Path.of(
            ops.text("state", "directory of database, certificates and keys; created 0700")
                .matching(text -> !text.isBlank(), "a directory")
                .orElse("gatehouse-data"));
    OpsConfig config = read(ops, state);
    config.check(ops);
    return config;
  }

  private static OpsConfig read(Section ops, Path state) {
    return new OpsConfig(
        listen(ops),
        allowedHosts(ops),
        control(ops, state),
        controlMode(ops),
        controlGroup(ops),
        state,
        expectedPorts(ops),
        ops.duration("exposure_recheck", "between looks at the own sockets, where watch is off")
            .orZero()
            .orElse(Duration.ofSeconds(60)),
        ops.flag("production", "refuse root, plain public listeners and surplus capabilities")
            .orElse(false),
        ops.choice(
                "capability_check",
                "what happens on surplus capabilities",
                CapabilityPolicy.class,
                CapabilityPolicy::label)
            .orElse(CapabilityPolicy.AUTO),
        allowedCapabilities(ops),
        ops.duration("shutdown_timeout", "for everything to finish when the daemon stops")
            .orElse(Duration.ofSeconds(30)),
        ops.duration("drain_delay", "between saying not ready and letting nobody in; 0 = none")
            .orZero()
            .orElse(Duration.ZERO),
        ops.choice("transport", "what event loops wait on", Transport.class, Transport::label)
            .orElse(Transport.AUTO),
        ops.flag("request_timing", "keep histograms of request times").orElse(true),
        ops.flag("jvm_metrics", "metrics of the JVM and the process").orElse(true),
        LogConfig.read(ops.section("log", "the log on standard error")));
  }

  private static Optional<Endpoint> listen(Section ops) {
    String text =
        ops.text("listen", "address of metrics, health and console, loopback only; \"\" = off")
            .orElse(DEFAULT_LISTEN.toString());
    if (text.isEmpty()) {
      return Optional.empty();
    }
    return switch (LoopbackBind.check(text)) {
      case LoopbackBind.Ok(Endpoint endpoint) -> Optional.of(endpoint);
      case LoopbackBind.Refused refused -> {
        ops.reject("listen", refused.reason() + "; " + LoopbackBind.FIX);
        yield Optional.empty();
      }
    };
  }

  private static List<String> allowedHosts(Section ops) {
    return ops.values(
            "allowed_hosts",
            "further Host values that the ops listener answers to",
            "a host name without port, such as \"metrics.example.org\"",
            matching(HOST))
        .orElse(List.of());
  }

  private static Optional<Path> control(Section ops, Path state) {
    String text =
        ops.text("control", "Unix socket of the control API; \"\" = none")
            .orElse(state.resolve("control.sock").toString());
    return text.isEmpty() ? Optional.empty() : Optional.of(Path.of(text));
  }

  private static ControlMode controlMode(Section ops) {
    return ops.value(
            "control_mode",
            "rights on the control socket",
            "\"0600\", for the daemon's user alone, or \"0660\", for its group too",
            ControlMode::ofOctal,
            ControlMode::octal)
        .orElse(ControlMode.OWNER);
  }

  private static String controlGroup(Section ops) {
    return ops.text("control_group", "group of the control socket; \"\" = that of the daemon")
        .matching(name -> GROUP.matcher(name).matches(), "the name of a group of this host")
        .orElse("");
  }

  private void check(Section ops) {
    if (!controlGroup.isEmpty() && controlMode != ControlMode.GROUP) {
      ops.warn("control_group", "has no effect without control_mode = \"0660\"");
    }
  }

  private static List<String> expectedPorts(Section ops) {
    return ops.values(
            "expected_ports",
            "ports that may be opened, besides that of ops.listen; empty: those configured",
            "443, \"443/tcp\" or \"6969/udp\", with a port from 1 to 65535",
            text -> matching(PORT).apply(text).filter(OpsConfig::isPort))
        .orElse(List.of());
  }

  private static List<String> allowedCapabilities(Section ops) {
    return ops.values(
            "allowed_capabilities",
            "capabilities that the process may have",
            "a name such as \"NET_BIND_SERVICE\"",
            matching(CAPABILITY))
        .orElse(List.of());
  }

  private static boolean isPort(String text) {
    String digits = text.replaceFirst("/.*", "");
    return Integer.parseInt(digits) <= MAX_PORT;
  }

  private static Function<String, Optional<String>> matching(Pattern pattern) {
    return text -> Optional.of(text).filter(given -> pattern.matcher(given).matches());
  }
}
