package dev.gatehouse.bench.l4;

import dev.gatehouse.bench.contest.Contender;
import dev.gatehouse.bench.contest.Measure;
import dev.gatehouse.bench.contest.Series;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What a measure found, a contender a line: the medians of all columns, then for the first column
 * the ratio to HAProxy as it comes and to the best peer, the least and the most of all rounds, and
 * the first round of all, before anything counted.
 */
record Table(Measure measure, List<Series> series) {

  private static final String YARDSTICK = "haproxy";
  private static final List<String> COMPARISON =
      List.of("÷ haproxy", "÷ best peer", "least", "most", "first");

  @Override
  public String toString() {
    List<String> headings = new ArrayList<>(measure.columns());
    headings.addAll(COMPARISON);
    return series.stream()
        .map(each -> line(each.contender().name(), cells(each)))
        .collect(Collectors.joining("", "\n" + measure.title() + "\n" + line("", headings), ""));
  }

  private List<String> cells(Series of) {
    List<String> cells = new ArrayList<>();
    IntStream.range(0, measure.columns().size())
        .forEach(column -> cells.add(figure(of.median(column))));
    cells.add(ratio(of, peer -> peer.name().equals(YARDSTICK)));
    cells.add(ratio(of, Contender::isPeer));
    cells.add(figure(of.least(0)));
    cells.add(figure(of.most(0)));
    cells.add(figure(of.first()));
    return cells;
  }

  /** To the least median of those that match. */
  private String ratio(Series of, Predicate<Contender> yardstick) {
    OptionalDouble least =
        series.stream()
            .filter(each -> yardstick.test(each.contender()))
            .mapToDouble(each -> each.median(0))
            .min();
    return least.isEmpty()
        ? "-"
        : String.format(Locale.ROOT, "%.2f", of.median(0) / least.getAsDouble());
  }

  private static String figure(double value) {
    String format = Math.abs(value) < 10 ? "%.3f" : Math.abs(value) < 100 ? "%.1f" : "%.0f";
    return String.format(Locale.ROOT, format, value);
  }

  private static String line(String name, List<String> cells) {
    return cells.stream()
        .map(" %12s"::formatted)
        .collect(Collectors.joining("", "%-32s".formatted(name), "\n"));
  }
}
