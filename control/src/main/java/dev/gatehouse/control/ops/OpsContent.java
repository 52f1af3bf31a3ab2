package dev.gatehouse.control.ops;

import dev.gatehouse.control.ServerView;
import dev.gatehouse.control.ops.page.Route;
import dev.gatehouse.kernel.metric.MetricSource;
import dev.gatehouse.watch.WatchView;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the ops listener shows.
 *
 * @param watch null where the watch is off
 * @param metrics the parts that have samples, besides the event counters and the listener itself
 * @param views read-only pages of services
 */
public record OpsContent(
    ServerView server, @Nullable WatchView watch, List<MetricSource> metrics, List<Route> views) {

  public OpsContent {
    metrics = List.copyOf(metrics);
    views = List.copyOf(views);
  }
}
