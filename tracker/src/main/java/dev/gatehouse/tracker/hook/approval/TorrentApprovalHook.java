package dev.gatehouse.tracker.hook.approval;

import dev.gatehouse.kernel.metric.EventCounters;
import dev.gatehouse.kernel.metric.MetricSink;
import dev.gatehouse.kernel.metric.MetricSource;
import dev.gatehouse.kernel.time.Ticker;
import dev.gatehouse.tracker.config.HookConfig.TorrentApproval;
import dev.gatehouse.tracker.hook.Hook;
import dev.gatehouse.tracker.hook.HookContext;
import dev.gatehouse.tracker.hook.HookVerdict;
import dev.gatehouse.tracker.request.AnnounceReply;
import dev.gatehouse.tracker.request.AnnounceRequest;
import dev.gatehouse.tracker.request.Rejection;
import dev.gatehouse.tracker.rule.OperatorRules;
import dev.gatehouse.tracker.storage.KeyValueStore;
import dev.gatehouse.wire.tracker.InfoHash;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets announces in by a list of torrents. The list is whole before the start ends, so that nobody
 * is refused by one that is still being read.
 */
public final class TorrentApprovalHook implements Hook, MetricSource {

  private static final Logger log = LoggerFactory.getLogger(TorrentApprovalHook.class);

  private final TorrentApproval config;
  private final KeyValueStore store;
  private final Rejection refusal;
  private final OperatorRules operators;
  private final TorrentSource source;
  private final ApprovedTorrents torrents;
  private @Nullable ScheduledExecutorService looking;

  public TorrentApprovalHook(
      TorrentApproval config,
      KeyValueStore store,
      Rejection refusal,
      OperatorRules operators,
      Ticker ticker,
      EventCounters counters) {
    this.config = config;
    this.store = store;
    this.refusal = refusal;
    this.operators = operators;
    source = TorrentSource.of(config.source());
    torrents =
        new ApprovedTorrents(config.name(), source, store, config.context(), ticker, counters);
  }

  @Override
  public String name() {
    return config.name();
  }

  @Override
  public boolean hasSource() {
    return true;
  }

  @Override
  public Optional<Refresh> refresh() {
    String failure = torrents.look();
    return Optional.of(new Refresh(name(), torrents.size(), failure));
  }

  @Override
  public void start() {
    torrents.look();
    Duration period = source.period();
    if (period.isPositive()) {
      looking =
          Executors.newSingleThreadScheduledExecutor(
              Thread.ofVirtual().name("torrent-approval").factory());
      looking.scheduleWithFixedDelay(
          torrents::look, period.toNanos(), period.toNanos(), TimeUnit.NANOSECONDS);
    }
  }

  @Override
  public void close() {
    if (looking != null) {
      looking.shutdownNow();
    }
  }

  @Override
  public HookVerdict announce(HookContext context, AnnounceRequest request, AnnounceReply reply) {
    if (operators.inForce().allows(request.infoHash())) {
      return new HookVerdict.Passed(context);
    }
    return HookVerdict.of(
        isListed(request.infoHash())
            .thenApply(listed -> listed != config.invert())
            .exceptionally(this::unanswered)
            .thenApply(
                approved ->
                    approved ? new HookVerdict.Passed(context) : new HookVerdict.Refused(refusal)));
  }

  private CompletionStage<Boolean> isListed(InfoHash hash) {
    CompletionStage<Boolean> whole = store.contains(config.context(), Listing.key(hash));
    return hash.length() == InfoHash.V1_LENGTH
        ? whole
        : whole.thenCompose(
            listed ->
                listed
                    ? CompletableFuture.completedStage(true)
                    : store.contains(config.context(), Listing.key(hash.truncated())));
  }

  private boolean unanswered(Throwable failure) {
    log.atError()
        .setMessage("storage_error")
        .addKeyValue("component", "tracker/hook")
        .addKeyValue("hook", name())
        .setCause(failure)
        .log();
    return config.failOpen();
  }

  @Override
  public void collect(MetricSink sink) {
    torrents.collect(sink);
  }
}
