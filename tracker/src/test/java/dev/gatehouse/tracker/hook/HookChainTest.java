package dev.gatehouse.tracker.hook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.kernel.metric.EventCounters;
import dev.gatehouse.kernel.metric.Histogram;
import dev.gatehouse.kernel.metric.Metric;
import dev.gatehouse.testkit.ManualTicker;
import dev.gatehouse.tracker.request.AnnounceReply;
import dev.gatehouse.tracker.request.AnnounceRequest;
import dev.gatehouse.tracker.request.Parameters;
import dev.gatehouse.tracker.request.Rejection;
import dev.gatehouse.tracker.request.Rejections;
import dev.gatehouse.tracker.request.ScrapeRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class HookChainTest {

  private static final HookContext.Key<Integer> COUNT = new HookContext.Key<>(Integer.class);
  private static final Rejection REASON = new Rejections("gatehouse").clientNotAllowed();

  private final EventCounters counters = new EventCounters();
  private final ManualTicker ticker = new ManualTicker();
  private final List<String> asked = new ArrayList<>();

  @Test
  void hooksAreAskedInTheirOrder() {
    HookVerdict verdict = announce(counting("a"), counting("b"), counting("c"));
    assertThat(asked).containsExactly("a", "b", "c");
    assertThat(count(verdict)).isEqualTo(3);
  }

  @Test
  void nobodyIsAskedBehindOneThatRefuses() {
    HookVerdict verdict = announce(counting("a"), refusing("b"), counting("c"));
    assertThat(asked).containsExactly("a", "b");
    assertThat(verdict).isEqualTo(new HookVerdict.Refused(REASON));
    assertThat(refusals("a")).isZero();
    assertThat(refusals("b")).isEqualTo(1);
  }

  @Test
  void aHookThatNeedsTimeIsWaitedForBeforeTheNextIsAsked() {
    CompletableFuture<HookVerdict> later = new CompletableFuture<>();
    HookVerdict verdict =
        announce(counting("a"), hook("b", _ -> new HookVerdict.Later(later)), counting("c"));
    assertThat(asked).containsExactly("a", "b");
    assertThat(verdict).isInstanceOf(HookVerdict.Later.class);
    later.complete(new HookVerdict.Passed(HookContext.EMPTY.with(COUNT, 10)));
    assertThat(asked).containsExactly("a", "b", "c");
    assertThat(count(verdict.stage().toCompletableFuture().join())).isEqualTo(11);
  }

  @Test
  void severalHooksMayNeedTime() {
    CompletableFuture<HookVerdict> first = new CompletableFuture<>();
    CompletableFuture<HookVerdict> second = new CompletableFuture<>();
    HookVerdict verdict =
        announce(
            hook("a", _ -> new HookVerdict.Later(first)),
            hook("b", _ -> new HookVerdict.Later(second)),
            counting("c"));
    second.complete(new HookVerdict.Passed(HookContext.EMPTY));
    assertThat(asked).containsExactly("a");
    first.complete(new HookVerdict.Passed(HookContext.EMPTY));
    assertThat(asked).containsExactly("a", "b", "c");
    assertThat(count(verdict.stage().toCompletableFuture().join())).isEqualTo(1);
  }

  @Test
  void aRefusalThatComesLateIsCountedToo() {
    CompletableFuture<HookVerdict> later = new CompletableFuture<>();
    HookVerdict verdict = announce(hook("a", _ -> new HookVerdict.Later(later)), counting("b"));
    later.complete(new HookVerdict.Refused(REASON));
    assertThat(verdict.stage().toCompletableFuture().join())
        .isEqualTo(new HookVerdict.Refused(REASON));
    assertThat(asked).containsExactly("a");
    assertThat(refusals("a")).isEqualTo(1);
  }

  @Test
  void aVerdictThatIsLateWithinALateOneIsWaitedForToo() {
    CompletableFuture<HookVerdict> inner = new CompletableFuture<>();
    CompletableFuture<HookVerdict> outer = new CompletableFuture<>();
    HookVerdict verdict = announce(hook("a", _ -> new HookVerdict.Later(outer)), counting("b"));
    outer.complete(new HookVerdict.Later(inner));
    assertThat(asked).containsExactly("a");
    inner.complete(new HookVerdict.Passed(HookContext.EMPTY));
    assertThat(count(verdict.stage().toCompletableFuture().join())).isEqualTo(1);
  }

  @Test
  void aStageThatFailsFailsTheWhole() {
    HookVerdict verdict =
        announce(
            hook(
                "a",
                _ ->
                    new HookVerdict.Later(
                        CompletableFuture.failedFuture(new IllegalStateException("broken")))),
            counting("b"));
    assertThat(verdict.stage().toCompletableFuture()).isCompletedExceptionally();
    assertThat(asked).containsExactly("a");
  }

  @Test
  void anEmptyChainLetsEverythingPass() {
    HookChain chain = new HookChain(List.of(), HookChain.Position.PRE, counters, ticker, true);
    assertThat(chain.isEmpty()).isTrue();
    assertThat(chain.hooks()).isEmpty();
    assertThat(chain.scrape(HookContext.EMPTY, Requests.scrape(List.of(), Parameters.NONE)))
        .isEqualTo(new HookVerdict.Passed(HookContext.EMPTY));
  }

  @Test
  void aHookThatDoesNotCareLetsEverythingPass() {
    Hook careless = () -> "careless";
    HookChain chain =
        new HookChain(List.of(careless), HookChain.Position.POST, counters, ticker, true);
    assertThat(
            chain.announce(
                HookContext.EMPTY,
                Requests.announce(Requests.HASH, Requests.PEER),
                new AnnounceReply()))
        .isEqualTo(new HookVerdict.Passed(HookContext.EMPTY));
    assertThat(chain.scrape(HookContext.EMPTY, Requests.scrape(List.of(), Parameters.NONE)))
        .isEqualTo(new HookVerdict.Passed(HookContext.EMPTY));
    assertThat(careless.ping().toCompletableFuture()).isCompleted();
  }

  @Test
  void scrapesGoTheSameWay() {
    HookChain chain =
        new HookChain(
            List.of(counting("a"), refusing("b")), HookChain.Position.PRE, counters, ticker, true);
    HookVerdict verdict =
        chain.scrape(HookContext.EMPTY, Requests.scrape(List.of(), Parameters.NONE));
    assertThat(verdict).isEqualTo(new HookVerdict.Refused(REASON));
    assertThat(asked).containsExactly("a", "b");
  }

  @Test
  void theTimeOfEachHookIsKeptUntilItHasAnswered() {
    CompletableFuture<HookVerdict> later = new CompletableFuture<>();
    HookVerdict verdict = announce(hook("a", _ -> new HookVerdict.Later(later)), counting("b"));
    ticker.advance(Duration.ofSeconds(2));
    assertThat(times("a").count()).isZero();
    later.complete(new HookVerdict.Passed(HookContext.EMPTY));
    assertThat(verdict.stage().toCompletableFuture()).isCompleted();
    assertThat(times("a").sum()).isEqualTo(2);
    assertThat(times("b").count()).isEqualTo(1);
  }

  @Test
  void noTimesAreKeptWhereNobodyWantsThem() {
    HookVerdict verdict =
        new HookChain(List.of(counting("a")), HookChain.Position.PRE, counters, ticker, false)
            .announce(
                HookContext.EMPTY,
                Requests.announce(Requests.HASH, Requests.PEER),
                new AnnounceReply());
    assertThat(count(verdict)).isEqualTo(1);
    assertThat(times("a").count()).isZero();
  }

  private Histogram times(String hook) {
    return counters.histogram(Metric.TRACKER_HOOK_DURATION_SECONDS, hook, "pre");
  }

  @Test
  void aStageThatIsCompleteIsNoReasonToWait() {
    HookVerdict passed = new HookVerdict.Passed(HookContext.EMPTY);
    assertThat(HookVerdict.of(CompletableFuture.completedStage(passed))).isSameAs(passed);
    assertThat(HookVerdict.of(new CompletableFuture<>())).isInstanceOf(HookVerdict.Later.class);
  }

  private HookVerdict announce(Hook... hooks) {
    return new HookChain(List.of(hooks), HookChain.Position.PRE, counters, ticker, true)
        .announce(
            HookContext.EMPTY,
            Requests.announce(Requests.HASH, Requests.PEER),
            new AnnounceReply());
  }

  private long refusals(String hook) {
    return counters.counter(Metric.TRACKER_HOOK_REFUSALS, hook, "pre").sum();
  }

  private static int count(HookVerdict verdict) {
    return switch (verdict) {
      case HookVerdict.Passed(HookContext context) -> context.get(COUNT).orElse(0);
      case HookVerdict.Refused _, HookVerdict.Later _ -> -1;
    };
  }

  /** Counts how many of its kind have been asked before. */
  private Hook counting(String name) {
    return hook(
        name,
        context -> new HookVerdict.Passed(context.with(COUNT, context.get(COUNT).orElse(0) + 1)));
  }

  private Hook refusing(String name) {
    return hook(name, _ -> new HookVerdict.Refused(REASON));
  }

  private Hook hook(String name, Function<HookContext, HookVerdict> says) {
    return new Hook() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public HookVerdict announce(
          HookContext context, AnnounceRequest request, AnnounceReply reply) {
        asked.add(name);
        return says.apply(context);
      }

      @Override
      public HookVerdict scrape(HookContext context, ScrapeRequest request) {
        asked.add(name);
        return says.apply(context);
      }
    };
  }
}
