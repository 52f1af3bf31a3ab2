package dev.gatehouse.bench.l7;

import dev.gatehouse.bench.contest.Contender;
import dev.gatehouse.bench.contest.Measure;
import dev.gatehouse.bench.contest.Series;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * What a measure found, a column for each contender: medians of all rounds, then Gatehouse divided
 * by the better of HAProxy and nginx, and the least and the most of that ratio in any round.
 */
record Scoreboard(Measure measure, List<Series> series) {

  private static final List<String> YARDSTICKS = List.of("haproxy", "nginx");

  @Override
  public String toString() {
    List<String> headings = new ArrayList<>();
    series.forEach(each -> headings.add(each.contender().name()));
    headings.addAll(List.of("÷ better", "least", "most"));
    return IntStream.range(0, measure.columns().size())
        .mapToObj(column -> line("  " + measure.columns().get(column), cells(column)))
        .collect(Collectors.joining("", "\n" + line(measure.title(), headings), ""));
  }

  private List<String> cells(int column) {
    List<String> cells = new ArrayList<>();
    series.forEach(each -> cells.add(figure(each.median(column))));
    double[] ratios = ratios(column);
    cells.add(times(ratio(each -> each.median(column))));
    cells.add(times(DoubleStream.of(ratios).min()));
    cells.add(times(DoubleStream.of(ratios).max()));
    return cells;
  }

  /** One for each round: what disturbed all contenders in it says nothing about any of them. */
  private double[] ratios(int column) {
    int rounds = series.isEmpty() ? 0 : series.getFirst().rounds().size();
    return IntStream.range(0, rounds)
        .mapToObj(round -> ratio(each -> each.rounds().get(round)[column]))
        .flatMapToDouble(OptionalDouble::stream)
        .toArray();
  }

  private OptionalDouble ratio(ToDoubleFunction<Series> figure) {
    OptionalDouble own = least(figure, contender -> !contender.isPeer());
    OptionalDouble better = least(figure, contender -> YARDSTICKS.contains(contender.name()));
    return own.isPresent() && better.isPresent()
        ? OptionalDouble.of(own.getAsDouble() / better.getAsDouble())
        : OptionalDouble.empty();
  }

  private OptionalDouble least(ToDoubleFunction<Series> figure, Predicate<Contender> of) {
    return series.stream().filter(each -> of.test(each.contender())).mapToDouble(figure).min();
  }

  private static String times(OptionalDouble ratio) {
    return ratio.isPresent() ? String.format(Locale.ROOT, "%.2f", ratio.getAsDouble()) : "-";
  }

  private static String figure(double value) {
    String format = Math.abs(value) < 10 ? "%.2f" : Math.abs(value) < 100 ? "%.1f" : "%.0f";
    return String.format(Locale.ROOT, format, value);
  }

  private static String line(String name, List<String> cells) {
    return cells.stream()
        .map(" %11s"::formatted)
        .collect(Collectors.joining("", "%-66s".formatted(name), "\n"));
  }
}
