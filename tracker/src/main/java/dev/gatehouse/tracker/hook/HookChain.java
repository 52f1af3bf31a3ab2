package dev.gatehouse.tracker.hook;

import dev.gatehouse.kernel.metric.EventCounters;
import dev.gatehouse.kernel.metric.Metric;
import dev.gatehouse.tracker.request.AnnounceReply;
import dev.gatehouse.tracker.request.AnnounceRequest;
import dev.gatehouse.tracker.request.ScrapeRequest;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.LongAdder;

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

  private record Link(Hook hook, LongAdder refusals) {}

  /** One question to a hook. */
  @FunctionalInterface
  private interface Question {
    HookVerdict ask(Hook hook, HookContext context);
  }

  private final List<Link> links;

  public HookChain(List<? extends Hook> hooks, Position position, EventCounters counters) {
    links =
        hooks.stream()
            .map(
                hook ->
                    new Link(
                        hook,
                        counters.counter(
                            Metric.TRACKER_HOOK_REFUSALS, hook.name(), position.label())))
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
      switch (question.ask(links.get(i).hook(), now)) {
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
