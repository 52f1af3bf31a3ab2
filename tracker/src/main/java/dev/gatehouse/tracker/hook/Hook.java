package dev.gatehouse.tracker.hook;

import dev.gatehouse.kernel.lifecycle.Part;
import dev.gatehouse.tracker.request.AnnounceReply;
import dev.gatehouse.tracker.request.AnnounceRequest;
import dev.gatehouse.tracker.request.ScrapeRequest;
import dev.gatehouse.tracker.storage.SwarmStore;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Something that is asked before an answer, or told after it: the same kind of object for both.
 *
 * <p>It is called on event loops, so it answers at once or says {@link HookVerdict.Later}. Its
 * start may wait, since no listener is open yet.
 */
public interface Hook extends Part {

  /** Asked about an announce; one that does not care lets it pass. */
  default HookVerdict announce(HookContext context, AnnounceRequest request, AnnounceReply reply) {
    return new HookVerdict.Passed(context);
  }

  /** Asked about a scrape; one that does not care lets it pass. */
  default HookVerdict scrape(HookContext context, ScrapeRequest request) {
    return new HookVerdict.Passed(context);
  }

  /** Succeeds if the hook can do its work; asked of those before the answer. */
  default CompletionStage<@Nullable Void> ping() {
    return SwarmStore.AT_ONCE;
  }

  /** Whether the hook goes by something that it reads, and may read again. */
  default boolean hasSource() {
    return false;
  }

  /**
   * Reads again what the hook goes by, in the calling thread; empty for one that reads nothing.
   * Nothing is lost by a source that cannot be read.
   */
  default Optional<Refresh> refresh() {
    return Optional.empty();
  }

  /**
   * What became of reading a source again.
   *
   * @param entries that the hook goes by now
   * @param failure why it could not be read; the empty text if it could
   */
  record Refresh(String hook, int entries, String failure) {}

  @Override
  default void start() throws Exception {}

  @Override
  default void close() {}
}
