package dev.gatehouse.tracker;

import dev.gatehouse.tracker.config.HookConfig;
import dev.gatehouse.tracker.flow.Surroundings;
import dev.gatehouse.tracker.hook.Hook;
import dev.gatehouse.tracker.hook.approval.ClientApprovalHook;
import dev.gatehouse.tracker.hook.approval.TorrentApprovalHook;
import dev.gatehouse.tracker.hook.interval.IntervalVariationHook;
import dev.gatehouse.tracker.hook.token.JwtHook;
import dev.gatehouse.tracker.request.Rejections;
import dev.gatehouse.tracker.rule.OperatorRules;
import dev.gatehouse.tracker.storage.KeyValueStore;
import java.util.List;

/** Makes hooks from their settings. */
record Hooks(
    Rejections rejections, KeyValueStore values, OperatorRules operators, Surroundings around) {

  List<Hook> of(List<HookConfig> configs) {
    return configs.stream().map(this::hook).toList();
  }

  private Hook hook(HookConfig config) {
    return switch (config) {
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
}
