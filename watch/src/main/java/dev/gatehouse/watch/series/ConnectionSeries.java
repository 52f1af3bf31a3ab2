package dev.gatehouse.watch.series;

import dev.gatehouse.kernel.metric.Metric;
import dev.gatehouse.watch.exposure.ConnectionCounts;

/** The series of one connection pass. */
public final class ConnectionSeries {

  private ConnectionSeries() {}

  /** The samples; a combination or a port without connections has none. */
  public static SampleList of(ConnectionCounts counts) {
    SampleList samples = new SampleList();
    for (ConnectionCounts.Row row : counts.rows()) {
      samples.add(
          Metric.NETSTAT_TCP_CONNECTIONS,
          (double) row.count(),
          row.state().name(),
          row.direction().label(),
          row.remoteScope().label());
    }
    counts
        .byPort()
        .forEach(
            (port, count) ->
                samples.add(
                    Metric.NETSTAT_TCP_CONNECTIONS_BY_PORT,
                    (double) count,
                    Integer.toString(port)));
    samples.add(Metric.NETSTAT_SERIES_TRUNCATED, counts.truncated(), "tcp_connections_by_port");
    return samples;
  }
}
