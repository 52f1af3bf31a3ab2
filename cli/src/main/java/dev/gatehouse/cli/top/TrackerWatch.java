package dev.gatehouse.cli.top;

import dev.gatehouse.client.ControlException;
import dev.gatehouse.client.GatehouseClient;
import dev.gatehouse.client.daemon.ServiceStatus;
import dev.gatehouse.client.daemon.Status;
import dev.gatehouse.client.tracker.TrackerStats;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What the tracker is doing, as a stream of its own tells beside that of the daemon; nothing where
 * no tracker runs. One thread asks.
 */
final class TrackerWatch implements AutoCloseable {

  private static final String SERVICE = "tracker";

  private final GatehouseClient client;
  private final Duration interval;
  private final BlockingQueue<TrackerStats> newest = new ArrayBlockingQueue<>(1);
  private volatile boolean ended;
  private boolean begun;
  private @Nullable TrackerStats last;

  TrackerWatch(GatehouseClient client, Duration interval) {
    this.client = client;
    this.interval = interval;
  }

  /** What it does at the moment of a status; both come as often, so nobody waits for long. */
  Optional<TrackerStats> at(Status status) {
    if (status.services().stream().noneMatch(TrackerWatch::isTracker)) {
      return Optional.empty();
    }
    if (!begun) {
      begun = true;
      Thread.ofVirtual().name("tracker-watch").start(this::follow);
    }
    try {
      TrackerStats next =
          ended ? newest.poll() : newest.poll(interval.toNanos(), TimeUnit.NANOSECONDS);
      last = next == null ? last : next;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return Optional.ofNullable(last);
  }

  private static boolean isTracker(ServiceStatus service) {
    return service.name().equals(SERVICE) && service.state() != ServiceStatus.State.OFF;
  }

  private void follow() {
    try {
      client.tracker().watchStats(interval, this::take);
    } catch (ControlException e) {
      // the other stream ends for the same reason, and tells it
    } finally {
      ended = true;
    }
  }

  private boolean take(TrackerStats stats) {
    while (!newest.offer(stats)) {
      newest.poll();
    }
    return !ended;
  }

  @Override
  public void close() {
    ended = true;
  }
}
