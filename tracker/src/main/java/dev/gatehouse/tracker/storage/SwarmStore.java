package dev.gatehouse.tracker.storage;

import dev.gatehouse.tracker.request.Announce;
import dev.gatehouse.tracker.request.Scrape;
import dev.gatehouse.tracker.request.Selection;
import dev.gatehouse.tracker.swarm.SwarmCounts;
import dev.gatehouse.tracker.swarm.Swarms;
import dev.gatehouse.wire.tracker.InfoHash;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Where swarms are kept: in this process, or in a database that several trackers share.
 *
 * <p>Nothing here blocks. What is handed over belongs to the store until the stage that it gives is
 * complete. A store that has all at hand gives {@link #AT_ONCE}, for which nothing is allocated: a
 * worker that sees it goes on and may use the same objects again.
 *
 * <p>A peer whose lifetime is over is neither counted nor selected. A torrent that nobody knows has
 * nobody in its swarm; to take out a peer that is not there does nothing.
 *
 * <p>A store that has been closed fails every stage; to close it again does nothing.
 */
public interface SwarmStore extends AutoCloseable {

  /** What is complete when the call returns; equal to itself alone. */
  CompletionStage<@Nullable Void> AT_ONCE = CompletableFuture.completedStage(null);

  /** Counts and selects what an announce is to be told, without applying it. */
  CompletionStage<@Nullable Void> select(Announce announce, Selection into);

  /** Applies an announce to all addresses of its peer. */
  CompletionStage<@Nullable Void> apply(Announce announce);

  /** {@link #select} and then {@link #apply}; in one, where the store can do that. */
  default CompletionStage<@Nullable Void> announce(Announce announce, Selection into) {
    return select(announce, into).thenCompose(_ -> apply(announce));
  }

  /** Counts what a scrape asks for. */
  CompletionStage<@Nullable Void> scrape(Scrape scrape);

  /** Who is in the swarm of a torrent; of more than so many any. */
  CompletionStage<List<Swarms.Member>> members(InfoHash torrent, int most);

  /** Forgets a torrent and its completions, and gives how many peers were in its swarm. */
  CompletionStage<Integer> remove(InfoHash torrent);

  /** Succeeds if the store can be reached. */
  CompletionStage<@Nullable Void> ping();

  /**
   * Takes out whoever's lifetime is over, and swarms that nobody is in. Called by one thread at a
   * time, which may be kept as long as it takes.
   */
  CompletionStage<Collected> collect();

  /** How much there is, as far as the store knows without asking anybody. */
  SwarmCounts counts();

  @Override
  void close();
}
