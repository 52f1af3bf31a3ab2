package dev.gatehouse.e2e;

import dev.gatehouse.kernel.metric.Metric;
import dev.gatehouse.kernel.metric.MetricType;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which series a text speaks of. */
final class MetricNames {

  private static final Pattern SERIES = Pattern.compile("\\bgatehouse_[a-z0-9_]+");
  private static final Set<String> CATALOGUE =
      Arrays.stream(Metric.values()).flatMap(MetricNames::series).collect(Collectors.toSet());

  private MetricNames() {}

  /** A histogram is several series, of which none has its own name. */
  private static Stream<String> series(Metric metric) {
    return metric.type() == MetricType.HISTOGRAM
        ? Stream.of("_bucket", "_sum", "_count").map(metric.fullName()::concat)
        : Stream.of(metric.fullName());
  }

  static Set<String> in(String text) {
    return SERIES
        .matcher(text)
        .results()
        .map(MatchResult::group)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  static Set<String> unknownIn(String text) {
    Set<String> unknown = in(text);
    unknown.removeAll(CATALOGUE);
    return unknown;
  }
}
