package dev.gatehouse.tracker.hook;

import dev.gatehouse.kernel.address.IpAddress;
import dev.gatehouse.tracker.request.AnnounceRequest;
import dev.gatehouse.tracker.request.Parameters;
import dev.gatehouse.tracker.request.RequestAddress;
import dev.gatehouse.tracker.request.ScrapeRequest;
import dev.gatehouse.wire.Bytes;
import dev.gatehouse.wire.tracker.AnnounceQuery.Progress;
import dev.gatehouse.wire.tracker.Event;
import dev.gatehouse.wire.tracker.InfoHash;
import dev.gatehouse.wire.tracker.PeerId;
import java.util.List;

/** Requests as hooks see them. */
public final class Requests {

  public static final String HASH = "3532cf2d327fad8448c075b4cb42c8136964a435";
  public static final String PEER = "-TR3000-wnn58mba0mzp";

  private static final List<RequestAddress> ADDRESSES =
      List.of(new RequestAddress(IpAddress.ipv4(0x0102_0304), false));

  private Requests() {}

  public static AnnounceRequest announce(InfoHash hash, PeerId peer, Parameters parameters) {
    return new AnnounceRequest(
        Event.STARTED,
        true,
        hash,
        peer,
        new Progress(1, 0, 0),
        50,
        false,
        6881,
        ADDRESSES,
        parameters);
  }

  public static AnnounceRequest announce(String hash, String peer) {
    return announce(hash(hash), peer(peer), Parameters.NONE);
  }

  public static ScrapeRequest scrape(List<InfoHash> hashes, Parameters parameters) {
    return new ScrapeRequest(hashes, ADDRESSES, parameters);
  }

  public static InfoHash hash(String text) {
    return InfoHash.parse(Bytes.utf8(text)).orElseThrow();
  }

  public static PeerId peer(String text) {
    return PeerId.parse(Bytes.utf8(text)).orElseThrow();
  }
}
