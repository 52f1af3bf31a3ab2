package dev.gatehouse.app.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.app.boot.BootPolicy.CapabilityMode;
import dev.gatehouse.kernel.metric.Metric;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProcessChecksTest {

  private static final String USER =
      "Name:\tjava\nUid:\t0\t1000\t0\t0\nCapEff:\t0000000000000000\n";
  private static final String ROOT =
      "Name:\tjava\nUid:\t1000\t0\t1000\t1000\nCapEff:\t0000000000000000\n";

  @Test
  void rootIsRefusedInProductionByItsEffectiveUid() {
    assertThat(finding(BootCheck.ROOT_IN_PRODUCTION, ROOT, true))
        .isEqualTo(
            new Finding.Refusal(
                BootCheck.ROOT_IN_PRODUCTION,
                "running as root is refused in production",
                "run as a user of its own",
                Map.of("effective_uid", "0")));
    assertThat(finding(BootCheck.ROOT_IN_PRODUCTION, ROOT, false))
        .isInstanceOf(Finding.Passed.class);
    assertThat(finding(BootCheck.ROOT_IN_PRODUCTION, USER, true))
        .isInstanceOf(Finding.Passed.class);
  }

  @Test
  void productionDoesNotTrustAnUnreadableUid() {
    assertThat(finding(BootCheck.ROOT_IN_PRODUCTION, "Uid:\t\n", true))
        .isInstanceOfSatisfying(
            Finding.Refusal.class,
            refusal -> assertThat(refusal.err()).isEqualTo("cannot read Uid"));
    assertThat(finding(BootCheck.ROOT_IN_PRODUCTION, "", false)).isInstanceOf(Finding.Passed.class);
  }

  @ParameterizedTest
  @CsvSource({
    "'-agentlib:jdwp=transport=dt_socket,server=y,address=*:5005', -agentlib:jdwp",
    "'-agentlib:jdwp=transport=dt_socket,server=n,address=example.org:5005', -agentlib:jdwp",
    "-agentlib:jdwp, -agentlib:jdwp",
    "'-Xrunjdwp:transport=dt_socket,server=y', -Xrunjdwp",
    "/opt/jdk/lib/libjdwp.so,",
    "-agentpath:/opt/jdk/lib/libjdwp.so=server=y, -agentpath:/opt/jdk/lib/libjdwp.so",
    "-Dcom.sun.management.jmxremote.port=9999, -Dcom.sun.management.jmxremote.port",
    "-Dcom.sun.management.jmxremote.rmi.port=9999, -Dcom.sun.management.jmxremote.rmi.port",
    "-Dcom.sun.management.jmxremote,",
    "-Dname=-agentlib:jdwp,",
    "-Xmx1g,",
  })
  void aDebugAgentIsRefusedInProductionWhereverItsOptionIs(String option, String name) {
    for (ProcessFacts facts :
        List.of(
            facts(List.of("-Xms1g", option), Map.of()),
            facts(List.of(), Map.of("JAVA_TOOL_OPTIONS", "-Xms1g " + option)),
            facts(List.of(), Map.of("JDK_JAVA_OPTIONS", "'" + option + "' -Xms1g")),
            facts(List.of(), Map.of("_JAVA_OPTIONS", option)))) {
      Finding expected =
          name == null
              ? new Finding.Passed(BootCheck.DEBUG_AGENT)
              : new Finding.Refusal(
                  BootCheck.DEBUG_AGENT,
                  "a debug agent is loaded: " + name,
                  "remove it from the options of the JVM",
                  Map.of());
      assertThat(DebugAgentCheck.run(facts, policy(true, "s"))).isEqualTo(expected);
      assertThat(DebugAgentCheck.run(facts, policy(false, "s"))).isInstanceOf(Finding.Passed.class);
    }
  }

  @Test
  void aSocketPathHas107BytesAtMost() {
    assertThat(controlSocket("a".repeat(107))).isInstanceOf(Finding.Passed.class);
    assertThat(controlSocket("a".repeat(108)))
        .isInstanceOfSatisfying(
            Finding.Refusal.class,
            refusal ->
                assertThat(refusal.err())
                    .isEqualTo("path of the control socket: 108 bytes (expected: at most 107)"));
  }

  @Test
  void aSocketPathIsMeasuredInBytes() {
    assertThat(controlSocket("ä".repeat(54))).isInstanceOf(Finding.Refusal.class);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void everyCheckReportsOnceInOrder(boolean production) {
    ProcessFacts facts =
        new ProcessFacts(
            true,
            Optional.of(ROOT.replace("CapEff:\t0", "CapEff:\tf")),
            List.of("-agentlib:jdwp=server=y"),
            Map.of());
    BootReport report =
        new BootReport(ProcessChecks.run(facts, policy(production, "a".repeat(200))));
    assertThat(report.findings())
        .extracting(Finding::check)
        .containsExactly(
            BootCheck.ROOT_IN_PRODUCTION,
            BootCheck.CAPABILITIES,
            BootCheck.DEBUG_AGENT,
            BootCheck.CONTROL_SOCKET);
    assertThat(report.refusals()).hasSize(production ? 4 : 1);
    assertThat(report.warnings()).hasSize(production ? 0 : 1);
    assertThat(report.exitCode()).isEqualTo(2);
  }

  @Test
  void theReportSortsByCheckAndTheFirstRefusalDecides() {
    BootReport report =
        new BootReport(List.of(new Finding.Refusal(BootCheck.BIND, "in use", "stop it", Map.of())))
            .and(List.of(new Finding.Passed(BootCheck.CAPABILITIES)));
    assertThat(report.findings())
        .extracting(Finding::check)
        .containsExactly(BootCheck.CAPABILITIES, BootCheck.BIND);
    assertThat(report.exitCode()).isEqualTo(1);
    assertThat(new BootReport(List.of()).exitCode()).isZero();
  }

  @Test
  void theMetricIsOneOnlyForWhatPassed() {
    Map<String, Double> samples = new TreeMap<>();
    new BootReport(
            List.of(
                new Finding.Passed(BootCheck.DEBUG_AGENT),
                new Finding.Skipped(BootCheck.CAPABILITIES, "not Linux"),
                new Finding.Passed(BootCheck.LISTENER_PORTS),
                new Finding.Warning(BootCheck.LISTENER_PORTS, "err", "fix", Map.of())))
        .collect(
            (metric, value, labels) -> {
              assertThat(metric).isEqualTo(Metric.OPS_BOOT_CHECK);
              samples.put(labels[0], value);
            });
    assertThat(samples)
        .isEqualTo(Map.of("capabilities", 0.0, "debug_agent", 1.0, "listener_ports", 0.0));
  }

  private static Finding finding(BootCheck check, String status, boolean production) {
    ProcessFacts facts = new ProcessFacts(true, Optional.of(status), List.of(), Map.of());
    return ProcessChecks.run(facts, policy(production, "s")).stream()
        .filter(finding -> finding.check() == check)
        .findFirst()
        .orElseThrow();
  }

  private static Finding controlSocket(String path) {
    return ProcessChecks.run(facts(List.of(), Map.of()), policy(false, path)).getLast();
  }

  private static ProcessFacts facts(List<String> arguments, Map<String, String> environment) {
    return new ProcessFacts(true, Optional.of(USER), arguments, environment);
  }

  private static BootPolicy policy(boolean production, String controlPath) {
    return new BootPolicy(production, CapabilityMode.AUTO, List.of(), controlPath);
  }
}
