package dev.gatehouse.e2e;

import java.util.Arrays;
import java.util.List;

/** What a daemon shows of itself at one moment, in the text format of Prometheus. */
public record Metrics(List<String> lines) {

  public static Metrics of(Daemon daemon) {
    return new Metrics(daemon.get("/metrics").lines().toList());
  }

  /** The sum of the series of that name that have all these labels, written {@code key="value"}. */
  public double sum(String name, String... labels) {
    return lines.stream()
        .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
        .filter(line -> Arrays.stream(labels).allMatch(line::contains))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  /** By how much that sum has grown since. */
  long growth(Metrics since, String name, String... labels) {
    return Math.round(sum(name, labels) - since.sum(name, labels));
  }
}
