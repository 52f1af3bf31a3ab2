package dev.gatehouse.tracker.flow;

import dev.gatehouse.kernel.limit.SlidingWindow;
import dev.gatehouse.kernel.time.Ticker;
import dev.gatehouse.tracker.config.AnnounceRules;
import dev.gatehouse.tracker.hook.HookChain;
import dev.gatehouse.tracker.request.Rejections;
import dev.gatehouse.tracker.rule.OperatorRules;
import dev.gatehouse.tracker.storage.SwarmStore;
import java.util.Optional;

/**
 * What the flows of all frontends share.
 *
 * @param operators what operators have decided about single torrents
 * @param before the hooks that are asked before an answer
 * @param after the hooks that are told after it
 * @param requests how often one address may ask, where there is a limit
 */
public record Logic(
    AnnounceRules rules,
    Rejections rejections,
    OperatorRules operators,
    SwarmStore store,
    HookChain before,
    HookChain after,
    Optional<SlidingWindow> requests,
    PendingWrites pending,
    Totals totals,
    Ticker ticker) {}
