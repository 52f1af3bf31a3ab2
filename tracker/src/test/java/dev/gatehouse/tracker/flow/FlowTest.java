package dev.gatehouse.tracker.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.kernel.limit.SlidingWindow;
import dev.gatehouse.kernel.metric.EventCounters;
import dev.gatehouse.kernel.metric.Metric;
import dev.gatehouse.testkit.LogGuard;
import dev.gatehouse.testkit.ManualTicker;
import dev.gatehouse.tracker.config.AnnounceRules;
import dev.gatehouse.tracker.hook.Hook;
import dev.gatehouse.tracker.hook.HookChain;
import dev.gatehouse.tracker.hook.HookContext;
import dev.gatehouse.tracker.hook.HookVerdict;
import dev.gatehouse.tracker.hook.Requests;
import dev.gatehouse.tracker.request.AnnounceReply;
import dev.gatehouse.tracker.request.AnnounceRequest;
import dev.gatehouse.tracker.request.Rejection;
import dev.gatehouse.tracker.request.Rejections;
import dev.gatehouse.tracker.request.ScrapeRequest;
import dev.gatehouse.tracker.rule.HashRule;
import dev.gatehouse.tracker.rule.MemoryRules;
import dev.gatehouse.tracker.rule.OperatorRules;
import dev.gatehouse.tracker.rule.Verdict;
import dev.gatehouse.tracker.storage.MemoryStore;
import dev.gatehouse.tracker.swarm.Swarms;
import dev.gatehouse.wire.tracker.Event;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class FlowTest {

  private static final HookContext.Key<String> NOTE = new HookContext.Key<>(String.class);

  @RegisterExtension final LogGuard log = new LogGuard();

  private final ManualTicker ticker = new ManualTicker();
  private final EventCounters counters = new EventCounters();
  private final Rejections rejections = new Rejections("gatehouse");
  private final MemoryStore store =
      new MemoryStore(new Swarms(new Swarms.Settings(2, 1860, 1000, 0), new Random(1)), ticker);
  private final OperatorRules operators = new OperatorRules(new MemoryRules());
  private final Recording frontend = new Recording();

  private final List<Hook> before = new ArrayList<>();
  private final List<Hook> after = new ArrayList<>();
  private Optional<SlidingWindow> limit = Optional.empty();
  private boolean countAnnouncer = true;
  private boolean listLone = true;
  private int maxPending = 10;

  /** A frontend that notes what it is told. */
  private static final class Recording implements Answering<TestExchange> {

    private final List<String> told = new ArrayList<>();

    @Override
    public void sendAnnounce(TestExchange exchange) {
      AnnounceReply reply = exchange.reply();
      told.add("announce " + reply.complete() + "/" + reply.incomplete() + exchange.ports());
    }

    @Override
    public void sendScrape(TestExchange exchange) {
      told.add("scrape " + exchange.scrape().seeders(0) + "/" + exchange.scrape().leechers(0));
    }

    @Override
    public void refuse(TestExchange exchange, Rejection reason) {
      told.add("refused " + reason);
    }

    @Override
    public void finish(TestExchange exchange) {
      told.add("finished");
    }

    @Override
    public void resume(TestExchange exchange, Runnable next) {
      told.add("resumed");
      next.run();
    }
  }

  @Test
  void anAnnounceIsAnsweredAndThenFinished() {
    announce(Event.STARTED, 1, 1);
    assertThat(frontend.told).containsExactly("announce 0/1[1]", "finished");
  }

  @Test
  void countsFollowTheSequenceOfAnyTracker() {
    flow();
    announce(Event.STARTED, 1, 1);
    announce(Event.COMPLETED, 0, 1);
    scrape();
    announce(Event.STARTED, 1, 2);
    announce(Event.STARTED, 1, 3);
    announce(Event.STOPPED, 1, 2);
    announce(Event.STOPPED, 1, 3);
    assertThat(answers())
        .containsExactly(
            "announce 0/1[1]",
            "announce 1/0[1]",
            "scrape 1/0",
            "announce 1/1[1]",
            "announce 1/2[1, 2]",
            "announce 1/1[]",
            "announce 1/0[]");
  }

  @Test
  void countsCanBeThoseBeforeTheAnnounce() {
    countAnnouncer = false;
    announce(Event.STARTED, 0, 1);
    announce(Event.STARTED, 1, 2);
    assertThat(answers()).containsExactly("announce 1/0[1]", "announce 1/0[1]");
  }

  @Test
  void whoIsAloneIsToldOfNobodyIfSaidSo() {
    listLone = false;
    announce(Event.STARTED, 1, 1);
    assertThat(answers()).containsExactly("announce 0/1[]");
  }

  @Test
  void aSeederAmongSeedersIsNotAlone() {
    announce(Event.STARTED, 0, 1);
    announce(Event.STARTED, 0, 2);
    assertThat(answers()).containsExactly("announce 1/0[1]", "announce 2/0[]");
  }

  @Test
  void aHookThatRefusesEndsTheRequest() {
    before.add(hook(context -> new HookVerdict.Refused(rejections.torrentNotAllowed())));
    before.add(
        hook(
            _ -> {
              throw new AssertionError("asked");
            }));
    announce(Event.STARTED, 1, 1);
    assertThat(frontend.told)
        .containsExactly("refused torrent not allowed by gatehouse", "finished");
    assertThat(counters.counter(Metric.TRACKER_HOOK_REFUSALS, "test", "pre").sum()).isEqualTo(1);
    assertThat(store.counts().peers()).isZero();
  }

  @Test
  void whoWantsToSeeEveryRequestSeesItAndItsAnswer() {
    announce(Event.STARTED, 1, 1);
    assertThat(log.events("request")).hasSize(1);
    assertThat(log.events("response").getFirst().fields())
        .containsEntry("action", "announce")
        .containsEntry("event", "started")
        .containsKeys("component", "client", "torrents");
  }

  @Test
  void whatAHookTellsReachesThoseAfterTheAnswer() {
    List<String> notes = new ArrayList<>();
    before.add(hook(context -> new HookVerdict.Passed(context.with(NOTE, "hello"))));
    after.add(
        hook(
            context -> {
              notes.add(context.get(NOTE).orElse("nothing"));
              assertThat(store.counts().peers()).as("the swarm is changed last").isZero();
              return new HookVerdict.Passed(context);
            }));
    announce(Event.STARTED, 1, 1);
    assertThat(notes).containsExactly("hello");
    assertThat(frontend.told).containsExactly("announce 0/1[1]", "finished");
    assertThat(store.counts().peers()).isEqualTo(1);
  }

  @Test
  void aHookBeforeOrAfterTheAnswerCanKeepThePeerOut() {
    before.add(hook(context -> new HookVerdict.Passed(context.skippingSwarm())));
    announce(Event.STARTED, 1, 1);
    before.clear();
    after.add(hook(context -> new HookVerdict.Passed(context.skippingSwarm())));
    announce(Event.STARTED, 1, 1);
    assertThat(store.counts().peers()).isZero();
    assertThat(answers()).startsWith("announce 0/0[1]");
  }

  @Test
  void aHookCanTakeTheAnswerUponItself() {
    before.add(hook(context -> new HookVerdict.Passed(context.skippingResponse())));
    announce(Event.STARTED, 1, 1);
    scrape();
    assertThat(answers()).containsExactly("announce 0/0[]", "scrape 0/0");
    assertThat(store.counts().peers()).isEqualTo(1);
  }

  @Test
  void aHookThatNeedsTimeIsWaitedFor() {
    CompletableFuture<HookVerdict> verdict = new CompletableFuture<>();
    before.add(hook(_ -> new HookVerdict.Later(verdict)));
    before.add(hook(context -> new HookVerdict.Passed(context.with(NOTE, "second"))));
    announce(Event.STARTED, 1, 1);
    assertThat(frontend.told).isEmpty();
    verdict.complete(new HookVerdict.Passed(HookContext.EMPTY));
    assertThat(frontend.told).containsExactly("resumed", "announce 0/1[1]", "finished");
  }

  @Test
  void aHookThatBreaksIsAFaultOfOurs() {
    log.expect("internal_error");
    before.add(
        hook(
            _ -> {
              throw new IllegalStateException("secret");
            }));
    announce(Event.STARTED, 1, 1);
    before.clear();
    before.add(
        hook(
            _ ->
                new HookVerdict.Later(
                    CompletableFuture.failedStage(new IllegalStateException("secret")))));
    announce(Event.STARTED, 1, 1);
    assertThat(answers())
        .containsExactly("refused gatehouse internal error", "refused gatehouse internal error");
  }

  @Test
  void aHookAfterTheAnswerThatFailsIsNoBusinessOfTheClient() {
    log.expect("post_hooks_failed");
    after.add(hook(_ -> new HookVerdict.Refused(rejections.internal())));
    announce(Event.STARTED, 1, 1);
    scrape();
    assertThat(answers()).containsExactly("announce 0/1[1]", "scrape 0/0");
    assertThat(store.counts().peers()).isZero();
  }

  @Test
  void changesThatWouldPileUpAreGivenUp() {
    maxPending = 1;
    CompletableFuture<HookVerdict> verdict = new CompletableFuture<>();
    after.add(hook(_ -> new HookVerdict.Later(verdict)));
    Flow<TestExchange> flow = flow();
    flow.announce(TestExchange.ofAnnounce(Event.STARTED, 1, 1));
    flow.announce(TestExchange.ofAnnounce(Event.STARTED, 1, 2));
    assertThat(counters.counter(Metric.TRACKER_WRITES_DROPPED).sum()).isEqualTo(1);
    verdict.complete(new HookVerdict.Passed(HookContext.EMPTY));
    assertThat(store.counts().peers()).isEqualTo(1);
    assertThat(frontend.told).filteredOn("finished"::equals).hasSize(2);
  }

  @Test
  void aStoreThatFailsIsAFaultOfOurs() {
    log.expect("storage_error");
    store.close();
    announce(Event.STARTED, 1, 1);
    scrape();
    assertThat(answers())
        .containsExactly("refused gatehouse internal error", "refused gatehouse internal error");
  }

  @Test
  void whoAsksTooOftenIsToldSo() {
    limit = Optional.of(new SlidingWindow(2, Duration.ofSeconds(60), 10, ticker.nanos()));
    announce(Event.STARTED, 1, 1);
    scrape();
    announce(Event.STARTED, 1, 1);
    assertThat(answers()).last().isEqualTo("refused request limit exceeded");
  }

  @Test
  void everyOutcomeIsCounted() {
    announce(Event.STARTED, 1, 1);
    before.add(hook(_ -> new HookVerdict.Refused(rejections.clientNotAllowed())));
    announce(Event.STOPPED, 1, 1);
    scrape();
    assertThat(requests("announce", "")).isEqualTo(1);
    assertThat(requests("announce", "client not allowed by gatehouse")).isEqualTo(1);
    assertThat(requests("scrape", "client not allowed by gatehouse")).isEqualTo(1);
    assertThat(counters.counter(Metric.TRACKER_ANNOUNCE_EVENTS, "udp", "started").sum())
        .isEqualTo(1);
    assertThat(counters.counter(Metric.TRACKER_PEERS_RETURNED, "udp", "IPv4").sum()).isEqualTo(1);
    assertThat(
            counters
                .histogram(Metric.TRACKER_RESPONSE_DURATION_SECONDS, "udp", "announce", "IPv4", "")
                .count())
        .isEqualTo(1);
  }

  private long requests(String action, String error) {
    return counters
        .counter(Metric.TRACKER_REQUESTS, "127.0.0.1:1", "udp", action, "IPv4", error)
        .sum();
  }

  private List<String> answers() {
    return frontend.told.stream().filter(line -> line.contains(" ")).toList();
  }

  private void announce(Event event, long left, int port) {
    flow().announce(TestExchange.ofAnnounce(event, left, port));
  }

  private void scrape() {
    flow().scrape(TestExchange.ofScrape());
  }

  @Test
  void aTorrentThatAnOperatorDeniesIsRefusedBeforeAnyHookIsAsked() throws Exception {
    before.add(
        hook(
            _ -> {
              throw new AssertionError("a hook was asked");
            }));
    decide(Verdict.DENY);
    announce(Event.STARTED, 1, 1);
    assertThat(frontend.told)
        .containsExactly("refused " + rejections.torrentNotAllowed(), "finished");
  }

  @Test
  void aScrapeTellsNothingOfATorrentThatAnOperatorDenies() throws Exception {
    announce(Event.STARTED, 1, 1);
    decide(Verdict.DENY);
    scrape();
    decide(Verdict.ALLOW);
    scrape();
    assertThat(answers()).containsExactly("announce 0/1[1]", "scrape 0/0", "scrape 0/1");
  }

  private void decide(Verdict verdict) throws IOException {
    operators.put(List.of(new HashRule(Requests.hash(Requests.HASH), verdict, "", Instant.EPOCH)));
  }

  private Flow<TestExchange> flow() {
    AnnounceRules rules =
        new AnnounceRules(
            Duration.ofMinutes(30),
            Duration.ofMinutes(15),
            "gatehouse",
            countAnnouncer,
            listLone,
            false,
            maxPending);
    Logic logic =
        new Logic(
            rules,
            rejections,
            operators,
            store,
            new HookChain(before, HookChain.Position.PRE, counters, ticker, false),
            new HookChain(after, HookChain.Position.POST, counters, ticker, false),
            limit,
            new PendingWrites(maxPending, counters),
            new Totals(),
            ticker);
    Meter meter = new Meter("127.0.0.1:1", "udp", true, EnumSet.allOf(Action.class), counters);
    return new Flow<>(logic, meter, frontend);
  }

  private static Hook hook(java.util.function.Function<HookContext, HookVerdict> says) {
    return new Hook() {
      @Override
      public String name() {
        return "test";
      }

      @Override
      public HookVerdict announce(
          HookContext context, AnnounceRequest request, AnnounceReply reply) {
        return says.apply(context);
      }

      @Override
      public HookVerdict scrape(HookContext context, ScrapeRequest request) {
        return says.apply(context);
      }
    };
  }
}
