package dev.gatehouse.cli.top;

import dev.gatehouse.client.daemon.Status;
import dev.gatehouse.client.relay.RelayNow;
import dev.gatehouse.client.tracker.TrackerStats;
import java.util.List;
import java.util.Optional;

/**
 * What there is to be seen at one moment.
 *
 * @param relay empty without one
 * @param tracker empty without one
 */
record Look(
    Status status,
    List<Refusals.Refusal> refusals,
    Optional<RelayNow> relay,
    Optional<TrackerStats> tracker) {}
