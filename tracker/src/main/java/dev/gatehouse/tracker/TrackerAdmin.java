package dev.gatehouse.tracker;

import dev.gatehouse.tracker.rule.OperatorRules;
import dev.gatehouse.tracker.storage.Collected;
import dev.gatehouse.wire.tracker.InfoHash;

/** What operators may see of a tracker and do with it, from any thread. */
public interface TrackerAdmin {

  /** What it is doing now. */
  TrackerView view();

  /** What is known of a torrent; waits for the store. */
  TrackerView.SwarmView swarm(InfoHash torrent);

  /** What operators have decided about single torrents, and may decide. */
  OperatorRules operators();

  /** Collects now, in the calling thread; nothing was taken out by a collection that failed. */
  Collected collect();
}
