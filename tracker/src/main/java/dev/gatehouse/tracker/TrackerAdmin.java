package dev.gatehouse.tracker;

import dev.gatehouse.kernel.address.IpAddress;
import dev.gatehouse.tracker.hook.Hook;
import dev.gatehouse.tracker.probe.Probe;
import dev.gatehouse.tracker.rule.OperatorRules;
import dev.gatehouse.tracker.storage.Collected;
import dev.gatehouse.wire.tracker.InfoHash;
import java.util.List;
import java.util.Optional;

/** What operators may see of a tracker and do with it, from any thread. */
public interface TrackerAdmin {

  /** What it is doing now. */
  TrackerView view();

  /** How often it was asked for what. */
  RequestCounts requests();

  /**
   * What is known of a torrent; waits for the store.
   *
   * @param peers so many of those in its swarm are told at most
   */
  TrackerView.SwarmView swarm(InfoHash torrent, int peers);

  /**
   * Forgets a torrent, and how often it was completed; waits for the store.
   *
   * @return how many peers were in its swarm
   */
  int remove(InfoHash torrent);

  /** The names of the hooks that read something: lists of torrents, or keys. */
  List<String> sources();

  /** Has such a hook read again what it goes by, or all of them; in the calling thread. */
  List<Hook.Refresh> refresh(Optional<String> hook);

  /** Who is beyond a limit now; of more than so many any. */
  List<TrackerView.Throttled> throttled(int most);

  /**
   * Lets a client that is beyond a limit ask again, or everybody.
   *
   * @return how many were beyond one
   */
  int clearThrottled(Optional<IpAddress> client);

  /** Asks a tracker as two clients would, in the calling thread. */
  List<Probe.Check> probe(Probe.Target target);

  /** What operators have decided about single torrents, and may decide. */
  OperatorRules operators();

  /** Collects now, in the calling thread; nothing was taken out by a collection that failed. */
  Collected collect();
}
