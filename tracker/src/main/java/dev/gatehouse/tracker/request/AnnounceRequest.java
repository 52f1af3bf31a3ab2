package dev.gatehouse.tracker.request;

import dev.gatehouse.wire.tracker.AnnounceQuery.Progress;
import dev.gatehouse.wire.tracker.Event;
import dev.gatehouse.wire.tracker.InfoHash;
import dev.gatehouse.wire.tracker.PeerId;
import java.util.List;

/**
 * An announce as hooks see it: sanitised, whatever protocol it came by.
 *
 * @param eventProvided whether the client said the event itself, as with the number below
 * @param addresses at least one, the provided ones first
 */
public record AnnounceRequest(
    Event event,
    boolean eventProvided,
    InfoHash infoHash,
    PeerId peerId,
    Progress progress,
    int numWant,
    boolean numWantProvided,
    int port,
    List<RequestAddress> addresses,
    Parameters parameters) {

  public AnnounceRequest {
    addresses = List.copyOf(addresses);
  }
}
