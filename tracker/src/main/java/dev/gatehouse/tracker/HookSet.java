package dev.gatehouse.tracker;

import dev.gatehouse.kernel.lifecycle.Part;
import dev.gatehouse.kernel.metric.MetricSink;
import dev.gatehouse.kernel.metric.MetricSource;
import dev.gatehouse.tracker.config.HookConfig;
import dev.gatehouse.tracker.config.TrackerConfig;
import dev.gatehouse.tracker.flow.Surroundings;
import dev.gatehouse.tracker.hook.Hook;
import dev.gatehouse.tracker.hook.HookChain;
import dev.gatehouse.tracker.hook.HookChain.Position;
import dev.gatehouse.tracker.hook.approval.ClientApprovalHook;
import dev.gatehouse.tracker.hook.approval.TorrentApprovalHook;
import dev.gatehouse.tracker.hook.interval.IntervalVariationHook;
import dev.gatehouse.tracker.hook.token.JwtHook;
import dev.gatehouse.tracker.request.Rejections;
import dev.gatehouse.tracker.rule.OperatorRules;
import dev.gatehouse.tracker.storage.MemoryKeyValues;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The hooks of one configuration, with what they keep; they begin and end together. */
final class HookSet implements Part, MetricSource {

  private static final Logger log = LoggerFactory.getLogger(HookSet.class);

  private final TrackerConfig config;
  private final Rejections rejections;
  private final OperatorRules operators;
  private final Surroundings around;
  private final MemoryKeyValues values = new MemoryKeyValues();
  private final List<Hook> before;
  private final List<Hook> after;
  private final Deque<Hook> started = new ArrayDeque<>();

  HookSet(TrackerConfig config, OperatorRules operators, Surroundings around) {
    this.config = config;
    this.operators = operators;
    this.around = around;
    rejections = new Rejections(config.announces().failureName());
    before = config.preHooks().stream().map(this::hook).toList();
    after = config.postHooks().stream().map(this::hook).toList();
  }

  private Hook hook(HookConfig hook) {
    return switch (hook) {
      case HookConfig.ClientApproval approval ->
          new ClientApprovalHook(approval, rejections.clientNotAllowed());
      case HookConfig.TorrentApproval approval ->
          new TorrentApprovalHook(
              approval,
              values,
              rejections.torrentNotAllowed(),
              operators,
              around.ticker(),
              around.counters());
      case HookConfig.IntervalVariation variation -> new IntervalVariationHook(variation);
      case HookConfig.Jwt jwt -> new JwtHook(jwt, rejections, around.ticker(), around.counters());
    };
  }

  /** Whether another configuration asks for the same hooks in the same words. */
  boolean isThatOf(TrackerConfig other) {
    return config.preHooks().equals(other.preHooks())
        && config.postHooks().equals(other.postHooks())
        && config.announces().failureName().equals(other.announces().failureName());
  }

  Rejections rejections() {
    return rejections;
  }

  List<Hook> before() {
    return before;
  }

  List<Hook> after() {
    return after;
  }

  Stream<Hook> all() {
    return Stream.concat(before.stream(), after.stream());
  }

  HookChain chain(Position position) {
    return new HookChain(
        position == Position.PRE ? before : after,
        position,
        around.counters(),
        around.ticker(),
        around.requestTiming());
  }

  /** Has every list of torrents read again; keys are fetched in their own time, far away. */
  void readLists() {
    for (Hook hook : all().toList()) {
      if (hook instanceof TorrentApprovalHook) {
        Optional<Hook.Refresh> _ = hook.refresh();
      }
    }
  }

  @Override
  public String name() {
    return "tracker hooks";
  }

  @Override
  public void start() throws Exception {
    try {
      List<Hook> hooks = all().toList();
      List<HookConfig> settings =
          Stream.concat(config.preHooks().stream(), config.postHooks().stream()).toList();
      for (int i = 0; i < hooks.size(); i++) {
        Hook hook = hooks.get(i);
        hook.start();
        started.push(hook);
        log.atInfo()
            .setMessage("hook_ready")
            .addKeyValue("component", "tracker/hook")
            .addKeyValue("hook", hook.name())
            .addKeyValue("config", settings.get(i))
            .log();
      }
    } catch (Exception failure) {
      close();
      throw failure;
    }
  }

  /** Ends the hooks, while requests that are on their way may still ask them. */
  void retire() {
    while (!started.isEmpty()) {
      started.pop().close();
    }
  }

  @Override
  public void close() {
    retire();
    values.close();
  }

  @Override
  public void collect(MetricSink sink) {
    all()
        .filter(MetricSource.class::isInstance)
        .forEach(hook -> ((MetricSource) hook).collect(sink));
  }
}
