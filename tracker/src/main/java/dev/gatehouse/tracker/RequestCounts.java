package dev.gatehouse.tracker;

import dev.gatehouse.kernel.metric.EventCounters;
import dev.gatehouse.kernel.metric.Metric;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How often requests were answered since the start, over all listeners.
 *
 * @param kinds in the order of their words
 * @param errors how often each refusal was the answer, by its text; none of those that never were
 */
public record RequestCounts(List<Kind> kinds, SortedMap<String, Long> errors) {

  private static final int PROTOCOL = 1;
  private static final int ACTION = 2;
  private static final int ERROR = 4;

  private static final Comparator<Kind> ORDER =
      Comparator.comparing(Kind::protocol).thenComparing(Kind::action);

  /**
   * One kind of request.
   *
   * @param action as metrics call it
   */
  public record Kind(String protocol, String action, long count) {}

  public RequestCounts {
    kinds = List.copyOf(kinds);
    errors = new TreeMap<>(errors);
  }

  /** What has been counted so far. */
  static RequestCounts of(EventCounters counters) {
    Map<List<String>, Long> kinds = new HashMap<>();
    SortedMap<String, Long> errors = new TreeMap<>();
    counters.collect(
        (metric, value, labels) -> {
          if (metric == Metric.TRACKER_REQUESTS) {
            kinds.merge(List.of(labels[PROTOCOL], labels[ACTION]), (long) value, Long::sum);
            if (!labels[ERROR].isEmpty() && value > 0) {
              errors.merge(labels[ERROR], (long) value, Long::sum);
            }
          }
        });
    List<Kind> sorted = new ArrayList<>();
    kinds.forEach((kind, count) -> sorted.add(new Kind(kind.getFirst(), kind.getLast(), count)));
    sorted.sort(ORDER);
    return new RequestCounts(sorted, errors);
  }
}
