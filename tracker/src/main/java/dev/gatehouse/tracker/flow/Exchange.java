package dev.gatehouse.tracker.flow;

import dev.gatehouse.kernel.address.AddressFamily;
import dev.gatehouse.kernel.address.IpAddress;
import dev.gatehouse.tracker.hook.HookContext;
import dev.gatehouse.tracker.request.Announce;
import dev.gatehouse.tracker.request.AnnounceReply;
import dev.gatehouse.tracker.request.AnnounceRequest;
import dev.gatehouse.tracker.request.Scrape;
import dev.gatehouse.tracker.request.ScrapeRequest;
import dev.gatehouse.tracker.request.Selection;
import dev.gatehouse.wire.tracker.Event;
import dev.gatehouse.wire.tracker.InfoHash;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * One request and its answer. A frontend fills it, the {@link Flow} takes it through its steps and
 * gives it back, so that it is used again and a request need not allocate one.
 *
 * <p>It is touched by one thread at a time.
 */
public abstract class Exchange {

  private final Announce announce = new Announce();
  private final AnnounceReply reply = new AnnounceReply();
  private final Selection selection;
  private final Scrape scrape = new Scrape();

  private Action action = Action.UNKNOWN;
  private Event event = Event.NONE;
  private @Nullable AddressFamily family;
  private long startNanos;
  private HookContext context = HookContext.EMPTY;
  private boolean applied;

  /**
   * @param selection what is chosen for an answer
   */
  protected Exchange(Selection selection) {
    this.selection = selection;
  }

  /** Begins another request. */
  public final void begin(long nowNanos) {
    startNanos = nowNanos;
    action = Action.UNKNOWN;
    family = null;
    context = HookContext.EMPTY;
    applied = false;
  }

  /** Says what the request is. */
  public final void is(Action known) {
    action = known;
  }

  /** Says why the client announces itself. */
  public final void tells(Event told) {
    event = told;
  }

  /** Says the family of the first address that the client has. */
  public final void comesFrom(AddressFamily known) {
    family = known;
  }

  /** What an announce asks. */
  public final Announce announce() {
    return announce;
  }

  /** What an announce is told beside the peers. */
  public final AnnounceReply reply() {
    return reply;
  }

  /** The peers that an announce is told of. */
  public final Selection selection() {
    return selection;
  }

  /** What a scrape asks and is told. */
  public final Scrape scrape() {
    return scrape;
  }

  final Action action() {
    return action;
  }

  final Event event() {
    return event;
  }

  /** Null for a request of which that much was not understood. */
  final @Nullable AddressFamily family() {
    return family;
  }

  final long startNanos() {
    return startNanos;
  }

  final HookContext context() {
    return context;
  }

  final void context(HookContext next) {
    context = next;
  }

  /** Whether the swarm has been changed already. */
  final boolean isApplied() {
    return applied;
  }

  final void applied(boolean done) {
    applied = done;
  }

  /** What the request is about, for the log alone. */
  final List<InfoHash> torrents() {
    return switch (action) {
      case ANNOUNCE -> List.of(InfoHash.v1(announce.first(), announce.second(), announce.tail()));
      case SCRAPE ->
          IntStream.range(0, scrape.size())
              .mapToObj(i -> InfoHash.v1(scrape.first(i), scrape.second(i), scrape.tail(i)))
              .toList();
      case CONNECT, PING, STATS, UNKNOWN -> List.of();
    };
  }

  /** The address at which the client is seen. */
  protected abstract IpAddress observed();

  /** The announce as hooks see it; asked for only where there are hooks. */
  protected abstract AnnounceRequest announceRequest();

  /** The scrape as hooks see it; asked for only where there are hooks. */
  protected abstract ScrapeRequest scrapeRequest();
}
