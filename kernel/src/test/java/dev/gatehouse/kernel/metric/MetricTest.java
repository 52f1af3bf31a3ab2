package dev.gatehouse.kernel.metric;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class MetricTest {

  private static final String SNAKE_CASE = "[a-z][a-z0-9]*(_[a-z0-9]+)*";

  @Test
  void namesAreUniqueEvenWithoutTheirSuffix() {
    List<String> names = Arrays.stream(Metric.values()).map(Metric::baseName).toList();
    assertThat(names).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @EnumSource
  void namesAreInSnakeCaseUnderThePrefix(Metric metric) {
    String prefix = metric.name().startsWith("PYRYCODE_") ? "pyrycode_relay_" : "gatehouse_";
    assertThat(metric.fullName()).startsWith(prefix).matches(SNAKE_CASE);
  }

  @ParameterizedTest
  @EnumSource
  void onlyCountersEndInTotalAndOnlyInfosEndInInfo(Metric metric) {
    assertThat(metric.fullName().endsWith("_total")).isEqualTo(metric.type() == MetricType.COUNTER);
    assertThat(metric.fullName().endsWith("_info")).isEqualTo(metric.type() == MetricType.INFO);
    assertThat(metric.baseName()).doesNotEndWith("_total").doesNotEndWith("_info");
  }

  @ParameterizedTest
  @EnumSource
  void everyHelpIsOneSentence(Metric metric) {
    assertThat(metric.help()).matches("[A-Z0-9][^.\\n]*\\.");
  }

  @ParameterizedTest
  @EnumSource
  void labelsAreDistinctAndInSnakeCase(Metric metric) {
    assertThat(metric.labels())
        .doesNotHaveDuplicates()
        .allMatch(label -> label.matches(SNAKE_CASE));
  }

  @ParameterizedTest
  @EnumSource
  void histogramsAndNoOthersHaveBucketsInRisingOrder(Metric metric) {
    assertThat(metric.buckets().isEmpty()).isEqualTo(metric.type() != MetricType.HISTOGRAM);
    assertThat(metric.buckets()).isSorted().doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @CsvSource({
    "BUILD, gatehouse_build_info",
    "HOST, gatehouse_host_info",
    "PYRYCODE_RELAY_PUSH_WAKES, pyrycode_relay_push_wakes_total",
    "CPU_SECONDS, gatehouse_cpu_seconds_total",
    "NETSTAT_LISTENING_PORTS, gatehouse_netstat_listening_ports",
    "NETSTAT_LISTENING_SOCKET, gatehouse_netstat_listening_socket_info",
    "NETSTAT_UDP6_NO_PORTS, gatehouse_netstat_udp6_no_ports_total",
    "FIREWALL_BLOCKED, gatehouse_firewall_blocked_total",
  })
  void theNameFollowsFromTheConstantAndTheType(Metric metric, String name) {
    assertThat(metric.fullName()).isEqualTo(name);
  }
}
