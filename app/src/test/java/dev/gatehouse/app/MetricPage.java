package dev.gatehouse.app;

import dev.gatehouse.kernel.metric.Metric;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** The catalogue of metrics as a page. */
final class MetricPage {

  private MetricPage() {}

  static String text() {
    String rows = Arrays.stream(Metric.values()).map(MetricPage::row).collect(Collectors.joining());
    return """
        # Metrics

        Generated from the code. Served at `/metrics` of the ops listener, as text and as OpenMetrics.

        | metric | type | labels | meaning |
        |---|---|---|---|
        """
        + rows;
  }

  private static String row(Metric metric) {
    String labels =
        metric.labels().stream().map(label -> "`" + label + "`").collect(Collectors.joining(" "));
    return "| `%s` | %s | %s | %s |%n"
        .formatted(
            metric.fullName(),
            metric.type().name().toLowerCase(Locale.ROOT),
            labels,
            metric.help() + buckets(metric));
  }

  private static String buckets(Metric metric) {
    return metric.buckets().isEmpty()
        ? ""
        : metric.buckets().stream()
            .map(bound -> BigDecimal.valueOf(bound).stripTrailingZeros().toPlainString())
            .collect(Collectors.joining(", ", " Buckets: ", "."));
  }
}
