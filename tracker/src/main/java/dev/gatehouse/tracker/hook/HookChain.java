package dev.gatehouse.tracker.hook;

import dev.gatehouse.kernel.metric.EventCounters;
import dev.gatehouse.kernel.metric.Histogram;
import dev.gatehouse.kernel.metric.Metric;
import dev.gatehouse.kernel.time.Ticker;
import dev.gatehouse.tracker.request.AnnounceReply;
import dev.gatehouse.tracker.request.AnnounceRequest;
import dev.gatehouse.tracker.request.ScrapeRequest;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** The hooks of one position, asked in their order until one refuses. */
public final class HookChain {

  /** When hooks are asked. */
  public enum Position {
    PRE("pre"),
    POST("post");

    private final String label;

    Position(String label) {
      this.label = label;
    }

    String label() {
      return label;
    }
  }

  /**
   * @param times how long it takes to answer; null where nobody wants to know
   */
  private record Link(Hook hook, LongAdder refusals, @Nullable Histogram times) {}

  /** One question to a hook. */
  @FunctionalInterface
  private interface Question {
    HookVerdict ask(Hook hook, HookContext context);
  }

  private static final double NANOS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);

  private final Ticker ticker;
  private final List<Link> links;

  /**
   * @param timing whether times are kept
   */
  public HookChain(
      List<? extends Hook> hooks,
      Position position,
      EventCounters counters,
      Ticker ticker,
      boolean timing) {
    this.ticker = ticker;
    links =
        hooks.stream()
            .map(
                hook ->
                    new Link(
                        hook,
                        counters.counter(
                            Metric.TRACKER_HOOK_REFUSALS, hook.name(), position.label()),
                        timing
                            ? counters.histogram(
                                Metric.TRACKER_HOOK_DURATION_SECONDS, hook.name(), position.label())
                            : null))
            .toList();
  }

  public boolean isEmpty() {
    return links.isEmpty();
  }

  public HookVerdict announce(HookContext context, AnnounceRequest request, AnnounceReply reply) {
    return ask(0, context, (hook, now) -> hook.announce(now, request, reply));
  }

  public HookVerdict scrape(HookContext context, ScrapeRequest request) {
    return ask(0, context, (hook, now) -> hook.scrape(now, request));
  }

  /** The hooks that can say whether they work. */
  public List<Hook> hooks() {
    return links.stream().map(Link::hook).toList();
  }

  private HookVerdict ask(int from, HookContext context, Question question) {
    HookContext now = context;
    for (int i = from; i < links.size(); i++) {
      switch (timed(links.get(i), question, now)) {
        case HookVerdict.Passed(HookContext next) -> now = next;
        case HookVerdict.Refused refused -> {
          links.get(i).refusals().increment();
          return refused;
        }
        case HookVerdict.Later(CompletionStage<HookVerdict> later) -> {
          int asked = i;
          return new HookVerdict.Later(
              later.thenCompose(verdict -> goOn(asked, verdict, question).stage()));
        }
      }
    }
    return new HookVerdict.Passed(now);
  }

  private HookVerdict timed(Link link, Question question, HookContext now) {
    Histogram times = link.times();
    if (times == null) {
      return question.ask(link.hook(), now);
    }
    long asked = ticker.nanos();
    HookVerdict verdict = question.ask(link.hook(), now);
    if (verdict instanceof HookVerdict.Later(CompletionStage<HookVerdict> later)) {
      return new HookVerdict.Later(later.whenComplete((_, _) -> times.record(secondsSince(asked))));
    }
    times.record(secondsSince(asked));
    return verdict;
  }

  private double secondsSince(long asked) {
    return (ticker.nanos() - asked) / NANOS_PER_SECOND;
  }

  /** What follows from the answer that one hook gave late. */
  private HookVerdict goOn(int asked, HookVerdict verdict, Question question) {
    return switch (verdict) {
      case HookVerdict.Passed(HookContext next) -> ask(asked + 1, next, question);
      case HookVerdict.Refused refused -> {
        links.get(asked).refusals().increment();
        yield refused;
      }
      case HookVerdict.Later(CompletionStage<HookVerdict> later) ->
          new HookVerdict.Later(
              later.thenCompose(settled -> goOn(asked, settled, question).stage()));
    };
  }
}
