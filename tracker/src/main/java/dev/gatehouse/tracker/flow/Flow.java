package dev.gatehouse.tracker.flow;

import dev.gatehouse.tracker.hook.HookContext;
import dev.gatehouse.tracker.hook.HookVerdict;
import dev.gatehouse.tracker.request.Announce;
import dev.gatehouse.tracker.request.Change;
import dev.gatehouse.tracker.request.Rejection;
import dev.gatehouse.tracker.request.Scrape;
import dev.gatehouse.tracker.rule.HashRules;
import dev.gatehouse.tracker.storage.SwarmStore;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way of every request of one frontend:
 *
 * <ol>
 *   <li>the frontend reads it,
 *   <li>parses it,
 *   <li>and keeps of it what can be believed;
 *   <li>what only the protocol knows is answered by the frontend alone: {@link #answered};
 *   <li>the hooks before the answer are asked, and the swarm: {@link #announce}, {@link #scrape};
 *   <li>the frontend sends the answer;
 *   <li>the hooks after the answer are told, and the swarm is changed;
 *   <li>the frontend takes the exchange back;
 *   <li>or, from any step before the answer, it tells the client why there is none: {@link
 *       #refuse}.
 * </ol>
 *
 * <p>Where nothing has to wait, all of it happens within the call and allocates nothing.
 */
public final class Flow<E extends Exchange> {

  private static final Logger log = LoggerFactory.getLogger(Flow.class);

  private final Logic logic;
  private final Meter meter;
  private final Answering<E> frontend;
  private final ResponseStep response;
  private final long interval;
  private final long minInterval;

  // kept, since a method reference made for each request would be an allocation
  private final Consumer<E> select = this::select;
  private final Consumer<E> respond = this::respond;
  private final Consumer<E> count = this::count;
  private final Consumer<E> answer = this::answer;
  private final Consumer<E> apply = this::apply;
  private final Consumer<E> finish;

  public Flow(Logic logic, Meter meter, Answering<E> frontend) {
    this.logic = logic;
    this.meter = meter;
    this.frontend = frontend;
    finish = frontend::finish;
    response = new ResponseStep(logic.rules().countAnnouncer(), logic.rules().listLoneAnnouncer());
    interval = logic.rules().interval().toSeconds();
    minInterval = logic.rules().minInterval().toSeconds();
  }

  /** Whether anybody asks for requests as hooks see them. */
  public boolean hasHooks() {
    return !logic.before().isEmpty() || !logic.after().isEmpty();
  }

  /** Step 4, done: the frontend has sent an answer that needed no swarm. */
  public void answered(E exchange) {
    meter.answered(exchange, took(exchange));
    frontend.finish(exchange);
  }

  /** Steps 5 to 8 of an announce that has passed the first three. */
  public void announce(E exchange) {
    logic.totals().announce();
    note("request", exchange, "");
    if (isOverLimit(exchange)) {
      refuse(exchange, logic.rejections().limitExceeded());
      return;
    }
    Announce announce = exchange.announce();
    if (operators().denies(announce.first(), announce.second(), announce.tail())) {
      refuse(exchange, logic.rejections().torrentNotAllowed());
      return;
    }
    exchange.reply().begin(interval, minInterval);
    if (logic.before().isEmpty()) {
      select(exchange);
      return;
    }
    ask(
        exchange,
        () ->
            logic
                .before()
                .announce(HookContext.EMPTY, exchange.announceRequest(), exchange.reply()),
        select);
  }

  /** Steps 5 to 8 of a scrape that has passed the first three. */
  public void scrape(E exchange) {
    logic.totals().scrape();
    note("request", exchange, "");
    if (isOverLimit(exchange)) {
      refuse(exchange, logic.rejections().limitExceeded());
      return;
    }
    if (logic.before().isEmpty()) {
      count(exchange);
      return;
    }
    ask(exchange, () -> logic.before().scrape(HookContext.EMPTY, exchange.scrapeRequest()), count);
  }

  /** Step 9. */
  public void refuse(E exchange, Rejection reason) {
    frontend.refuse(exchange, reason);
    note("response", exchange, reason.label());
    meter.refused(exchange, reason, took(exchange));
    frontend.finish(exchange);
  }

  private boolean isOverLimit(E exchange) {
    boolean over =
        logic.requests().isPresent()
            && !logic.requests().get().tryTake(exchange.observed(), logic.ticker().nanos());
    if (over) {
      logic.totals().throttle();
    }
    return over;
  }

  /**
   * Step 5: what the swarm is like before it changes; in one with the change, if nobody objects.
   */
  private void select(E exchange) {
    Announce announce = exchange.announce();
    if (exchange.context().skipsSwarm()) {
      announce.asks(Change.NOTHING, announce.isSeeder(), announce.numWant());
    }
    if (exchange.context().skipsResponse()) {
      exchange.selection().clear();
      respond(exchange);
      return;
    }
    boolean inOne = logic.after().isEmpty() && !exchange.context().skipsSwarm();
    exchange.applied(inOne);
    SwarmStore store = logic.store();
    await(
        exchange,
        inOne
            ? store.announce(announce, exchange.selection())
            : store.select(announce, exchange.selection()),
        respond);
  }

  /** The end of step 5, and step 6. */
  private void respond(E exchange) {
    if (!exchange.context().skipsResponse()) {
      response.complete(exchange.announce(), exchange.selection(), exchange.reply());
    }
    frontend.sendAnnounce(exchange);
    note("response", exchange, "");
    meter.answered(exchange, took(exchange));
    meter.announced(exchange);
    afterAnnounce(exchange);
  }

  private void count(E exchange) {
    if (exchange.context().skipsResponse()) {
      answer(exchange);
      return;
    }
    await(exchange, logic.store().scrape(exchange.scrape()), answer);
  }

  private void answer(E exchange) {
    hideDenied(exchange.scrape());
    frontend.sendScrape(exchange);
    note("response", exchange, "");
    meter.answered(exchange, took(exchange));
    if (logic.after().isEmpty() || !logic.pending().hasRoom()) {
      frontend.finish(exchange);
      return;
    }
    told(
        exchange,
        hooked(() -> logic.after().scrape(exchange.context(), exchange.scrapeRequest())),
        "post-scrape hooks failed",
        finish);
  }

  private void hideDenied(Scrape scrape) {
    HashRules rules = operators();
    for (int i = 0; i < scrape.size(); i++) {
      if (rules.denies(scrape.first(i), scrape.second(i), scrape.tail(i))) {
        scrape.counted(i, 0, 0, 0);
      }
    }
  }

  private HashRules operators() {
    return logic.operators().inForce();
  }

  /** Step 7. */
  private void afterAnnounce(E exchange) {
    if (exchange.isApplied() || !logic.pending().hasRoom()) {
      frontend.finish(exchange);
    } else if (logic.after().isEmpty()) {
      apply(exchange);
    } else {
      told(
          exchange,
          hooked(
              () ->
                  logic
                      .after()
                      .announce(exchange.context(), exchange.announceRequest(), exchange.reply())),
          "post-announce hooks failed",
          apply);
    }
  }

  private void apply(E exchange) {
    if (exchange.context().skipsSwarm()) {
      frontend.finish(exchange);
      return;
    }
    CompletionStage<@Nullable Void> stage = logic.store().apply(exchange.announce());
    if (stage.equals(SwarmStore.AT_ONCE)) {
      frontend.finish(exchange);
      return;
    }
    logic.pending().begin();
    stage.whenComplete(
        (_, failure) -> {
          logic.pending().end();
          if (failure != null) {
            report("storage_error", failure);
          }
          frontend.resume(exchange, () -> frontend.finish(exchange));
        });
  }

  /** Goes on once the hooks after an answer are done, which the client does not wait for. */
  private void told(E exchange, HookVerdict verdict, String failed, Consumer<E> next) {
    switch (verdict) {
      case HookVerdict.Passed(HookContext context) -> {
        exchange.context(context);
        next.accept(exchange);
      }
      case HookVerdict.Refused(Rejection reason) -> {
        log.atError()
            .setMessage("post_hooks_failed")
            .addKeyValue("component", meter.component())
            .addKeyValue("what", failed)
            .addKeyValue("reason", reason.label())
            .log();
        frontend.finish(exchange);
      }
      case HookVerdict.Later(CompletionStage<HookVerdict> later) -> {
        logic.pending().begin();
        later.whenComplete(
            (settled, failure) -> {
              logic.pending().end();
              HookVerdict known = failure == null ? settled : failed(failure);
              frontend.resume(exchange, () -> told(exchange, known, failed, next));
            });
      }
    }
  }

  private void ask(E exchange, Supplier<HookVerdict> hooks, Consumer<E> next) {
    settle(exchange, hooked(hooks), next);
  }

  private void settle(E exchange, HookVerdict verdict, Consumer<E> next) {
    switch (verdict) {
      case HookVerdict.Passed(HookContext context) -> {
        exchange.context(context);
        next.accept(exchange);
      }
      case HookVerdict.Refused(Rejection reason) -> refuse(exchange, reason);
      case HookVerdict.Later(CompletionStage<HookVerdict> later) ->
          settleLater(exchange, later, next);
    }
  }

  private void settleLater(E exchange, CompletionStage<HookVerdict> later, Consumer<E> next) {
    if (!logic.pending().hasRoom()) {
      refuse(exchange, logic.rejections().overload());
      return;
    }
    logic.pending().begin();
    later.whenComplete(
        (settled, failure) -> {
          logic.pending().end();
          HookVerdict known = failure == null ? settled : failed(failure);
          frontend.resume(exchange, () -> settle(exchange, known, next));
        });
  }

  /** A hook that breaks is a fault of ours, and the client learns no more than that. */
  private HookVerdict hooked(Supplier<HookVerdict> hooks) {
    try {
      return hooks.get();
    } catch (RuntimeException broken) {
      return failed(broken);
    }
  }

  private HookVerdict failed(Throwable failure) {
    report("internal_error", failure);
    return new HookVerdict.Refused(logic.rejections().internal());
  }

  private void await(E exchange, CompletionStage<@Nullable Void> stage, Consumer<E> next) {
    if (stage.equals(SwarmStore.AT_ONCE)) {
      next.accept(exchange);
      return;
    }
    stage.whenComplete(
        (_, failure) ->
            frontend.resume(
                exchange,
                () -> {
                  if (failure == null) {
                    next.accept(exchange);
                  } else {
                    report("storage_error", failure);
                    refuse(exchange, logic.rejections().internal());
                  }
                }));
  }

  private void report(String event, Throwable failure) {
    log.atError()
        .setMessage(event)
        .addKeyValue("component", meter.component())
        .setCause(failure)
        .log();
  }

  /** For whoever looks for one request among all; nothing that a client might keep to itself. */
  private void note(String what, E exchange, String error) {
    if (log.isDebugEnabled()) {
      log.atDebug()
          .setMessage(what)
          .addKeyValue("component", meter.component())
          .addKeyValue("action", exchange.action().label())
          .addKeyValue("client", exchange.observed())
          // of one that was refused it may not have been read
          .addKeyValue("torrents", error.isEmpty() ? exchange.torrents() : List.of())
          .addKeyValue("event", exchange.event().label())
          .addKeyValue("error", error)
          .log();
    }
  }

  private long took(E exchange) {
    return meter.isTiming() ? logic.ticker().nanos() - exchange.startNanos() : 0;
  }
}
