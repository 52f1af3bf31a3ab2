package dev.gatehouse.tracker.request;

import dev.gatehouse.wire.tracker.InfoHash;
import java.util.List;

/** A scrape as hooks see it: sanitised, whatever protocol it came by. */
public record ScrapeRequest(
    List<InfoHash> infoHashes, List<RequestAddress> addresses, Parameters parameters) {

  public ScrapeRequest {
    infoHashes = List.copyOf(infoHashes);
    addresses = List.copyOf(addresses);
  }
}
