package dev.gatehouse.cli.top;

import dev.gatehouse.cli.relay.RelaySummary;
import dev.gatehouse.client.GatehouseClient;
import dev.gatehouse.client.Watching;
import dev.gatehouse.client.daemon.Status;
import dev.gatehouse.client.relay.RelayNow;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The relay at the pace of the status, from the first status on that tells of one. */
final class RelayFeed implements AutoCloseable {

  private final GatehouseClient client;
  private final Duration interval;
  private @Nullable Watching<RelayNow> watching;

  RelayFeed(GatehouseClient client, Duration interval) {
    this.client = client;
    this.interval = interval;
  }

  /** What the relay does now; nothing without one. */
  Optional<RelayNow> beside(Status status) {
    if (watching == null && RelaySummary.isWorthAsking(status)) {
      watching = client.relay().watch(interval);
    }
    return watching == null ? Optional.empty() : watching.next();
  }

  @Override
  public void close() {
    if (watching != null) {
      watching.close();
    }
  }
}
