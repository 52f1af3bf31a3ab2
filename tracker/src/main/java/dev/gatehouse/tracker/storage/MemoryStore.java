package dev.gatehouse.tracker.storage;

import dev.gatehouse.kernel.time.Ticker;
import dev.gatehouse.tracker.request.Announce;
import dev.gatehouse.tracker.request.Scrape;
import dev.gatehouse.tracker.request.Selection;
import dev.gatehouse.tracker.swarm.Collection;
import dev.gatehouse.tracker.swarm.SwarmCounts;
import dev.gatehouse.tracker.swarm.Swarms;
import dev.gatehouse.wire.tracker.InfoHash;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Swarms in this process; they end with it. */
public final class MemoryStore implements SwarmStore {

  private final Swarms swarms;
  private final Ticker ticker;
  private final long startNanos;
  private volatile boolean closed;

  public MemoryStore(Swarms swarms, Ticker ticker) {
    this.swarms = swarms;
    this.ticker = ticker;
    this.startNanos = ticker.nanos();
  }

  @Override
  public CompletionStage<@Nullable Void> select(Announce announce, Selection into) {
    if (closed) {
      return failed();
    }
    swarms.select(announce, now(), into);
    return AT_ONCE;
  }

  @Override
  public CompletionStage<@Nullable Void> apply(Announce announce) {
    if (closed) {
      return failed();
    }
    swarms.apply(announce, now());
    return AT_ONCE;
  }

  @Override
  public CompletionStage<@Nullable Void> announce(Announce announce, Selection into) {
    if (closed) {
      return failed();
    }
    swarms.announce(announce, now(), into);
    return AT_ONCE;
  }

  @Override
  public CompletionStage<@Nullable Void> scrape(Scrape scrape) {
    if (closed) {
      return failed();
    }
    swarms.scrape(scrape, now());
    return AT_ONCE;
  }

  @Override
  public CompletionStage<List<Swarms.Member>> members(InfoHash torrent, int most) {
    return closed
        ? failed()
        : CompletableFuture.completedStage(swarms.members(torrent, most, now()));
  }

  @Override
  public CompletionStage<Integer> remove(InfoHash torrent) {
    return closed ? failed() : CompletableFuture.completedStage(swarms.remove(torrent));
  }

  /** Follows other settings, but for the number of shards. */
  public void follow(Swarms.Settings next) {
    swarms.follow(next);
  }

  @Override
  public CompletionStage<@Nullable Void> ping() {
    return closed ? failed() : AT_ONCE;
  }

  @Override
  public CompletionStage<Collected> collect() {
    Collection collection = swarms.collection(now());
    while (!closed && collection.step()) {
      // each step lets the shard go, which is all that there is to do between two of them
    }
    return closed
        ? failed()
        : CompletableFuture.completedStage(
            new Collected(
                collection.removedPeers(),
                collection.removedSwarms(),
                Arrays.stream(collection.swarmsBySize()).boxed().toList(),
                collection.clients()));
  }

  @Override
  public SwarmCounts counts() {
    return swarms.counts();
  }

  @Override
  public void close() {
    closed = true;
  }

  private int now() {
    return (int) TimeUnit.NANOSECONDS.toSeconds(ticker.nanos() - startNanos);
  }

  private static <T extends @Nullable Object> CompletionStage<T> failed() {
    return CompletableFuture.failedStage(
        new IllegalStateException("swarm store: closed (expected: open)"));
  }
}
