package dev.gatehouse.e2e;

import dev.gatehouse.kernel.metric.Metric;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Which series a text speaks of. */
final class MetricNames {

  private static final Pattern SERIES = Pattern.compile("\\bgatehouse_[a-z0-9_]+");
  private static final Set<String> CATALOGUE =
      Arrays.stream(Metric.values()).map(Metric::fullName).collect(Collectors.toSet());

  private MetricNames() {}

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
