package dev.gatehouse.kernel.metric;

import static dev.gatehouse.kernel.metric.MetricType.COUNTER;
import static dev.gatehouse.kernel.metric.MetricType.GAUGE;
import static dev.gatehouse.kernel.metric.MetricType.INFO;

import java.util.List;

/**
 * The catalogue of everything that Gatehouse measures: name, type, labels and one sentence.
 *
 * <p>Names are written without the product's prefix and with the suffix of their type. Label values
 * come from closed sets or from the operator's own configuration and host, never from a request.
 */
public enum Metric {
  // ops
  BUILD("build_info", INFO, "The version that runs.", "version", "jdk"),
  OPS_REQUESTS("ops_requests_total", COUNTER, "Requests to the ops listener.", "path", "code"),
  OPS_SCRAPE_ERRORS("ops_scrape_errors_total", COUNTER, "Scrapes that failed.", "cause"),
  OPS_UNEXPECTED_LISTENERS(
      "ops_unexpected_listeners", GAUGE, "Own sockets that listen without being intended."),
  OPS_BOOT_CHECK(
      "ops_boot_check", GAUGE, "1 for a boot check that passed, 0 for a warning.", "check"),
  LISTENER_REFUSED(
      "listener_refused_total",
      COUNTER,
      "Connections refused before their service saw them.",
      "listener",
      "service",
      "reason"),
  LISTENER_CONNECTIONS(
      "listener_connections",
      GAUGE,
      "Open connections of a listener.",
      "listener",
      "service",
      "remote_scope"),
  // sockets
  NETSTAT_LISTENING_PORTS(
      "netstat_listening_ports",
      GAUGE,
      "1 for each distinct listening tuple.",
      "proto",
      "port",
      "family",
      "scope",
      "process");

  private static final String PREFIX = "gatehouse_";

  private final String suffix;
  private final MetricType type;
  private final String help;

  @SuppressWarnings("ImmutableEnumChecker") // List.of
  private final List<String> labels;

  Metric(String suffix, MetricType type, String help, String... labels) {
    this.suffix = suffix;
    this.type = type;
    this.help = help;
    this.labels = List.of(labels);
  }

  /** The name as Prometheus shows it. */
  public String fullName() {
    return PREFIX + suffix;
  }

  public MetricType type() {
    return type;
  }

  /** One sentence. */
  public String help() {
    return help;
  }

  /** The label names, in the order in which samples give their values. */
  public List<String> labels() {
    return labels;
  }
}
