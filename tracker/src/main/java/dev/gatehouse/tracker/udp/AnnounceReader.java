package dev.gatehouse.tracker.udp;

import dev.gatehouse.kernel.address.AddressFamily;
import dev.gatehouse.kernel.address.IpAddress;
import dev.gatehouse.net.datagram.Datagram;
import dev.gatehouse.tracker.config.RequestRules;
import dev.gatehouse.tracker.request.Announce;
import dev.gatehouse.tracker.request.AnnounceRequest;
import dev.gatehouse.tracker.request.Change;
import dev.gatehouse.tracker.request.RequestAddress;
import dev.gatehouse.tracker.request.Sanitizer;
import dev.gatehouse.wire.tracker.AnnounceQuery.Progress;
import dev.gatehouse.wire.tracker.RequestFault;
import dev.gatehouse.wire.tracker.udp.UdpAnnounce;
import dev.gatehouse.wire.tracker.udp.UdpReplies;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Fills exchanges from announces in datagrams; one thread's. */
final class AnnounceReader {

  private final RequestRules rules;
  private final Sanitizer sanitizer;
  private final int maxDatagram;
  private final boolean shows;
  private final UdpAnnounce announce = new UdpAnnounce();

  /**
   * @param shows whether there are hooks that want to see announces
   */
  AnnounceReader(RequestRules rules, int maxDatagram, boolean shows) {
    this.rules = rules;
    this.maxDatagram = maxDatagram;
    this.shows = shows;
    sanitizer = rules.sanitizer();
  }

  /** Steps 2 and 3 of an announce. */
  Optional<RequestFault> read(Datagram in, UdpExchange exchange) {
    Optional<RequestFault> fault = announce.read(in.content());
    if (fault.isPresent()) {
      return fault;
    }
    exchange.tells(announce.event());
    exchange.isWide(announce.isWide());
    if (announce.port() == 0) {
      return Optional.of(RequestFault.INVALID_PORT);
    }
    Announce asked = exchange.announce();
    addAddresses(in, asked);
    if (asked.addresses() == 0) {
      return Optional.of(RequestFault.INVALID_IP);
    }
    exchange.comesFrom(asked.family(0));
    asked.wantsOnly(in.family());
    asked.torrent(in.content(), announce.infoHashIndex());
    asked.peer(in.content(), announce.peerIdIndex());
    int room = UdpReplies.peersIn(in.family(), maxDatagram);
    asked.asks(
        Change.of(announce.event(), announce.left()),
        announce.left() == 0,
        Math.min(sanitizer.numWant(announce.numWant()), room));
    if (shows) {
      exchange.shown(request(in, asked));
    }
    return Optional.empty();
  }

  private void addAddresses(Datagram in, Announce asked) {
    asked.clearAddresses();
    if (rules.allowIpSpoofing()) {
      IpAddress claimed = claimed();
      if (sanitizer.accepts(claimed.family(), claimed.high(), claimed.low())) {
        asked.addAddress(claimed.family(), claimed.high(), claimed.low(), announce.port());
      }
    }
    if (sanitizer.accepts(in.family(), in.high(), in.low())) {
      asked.addAddress(in.family(), in.high(), in.low(), announce.port());
    }
  }

  private IpAddress claimed() {
    AddressFamily family = announce.claimedFamily();
    return new IpAddress(family, announce.claimedHigh(), announce.claimedLow()).unmapped();
  }

  private AnnounceRequest request(Datagram in, Announce asked) {
    List<RequestAddress> candidates = new ArrayList<>();
    candidates.add(new RequestAddress(in.address(), false));
    if (rules.allowIpSpoofing()) {
      candidates.add(new RequestAddress(claimed(), true));
    }
    return new AnnounceRequest(
        announce.event(),
        true,
        announce.infoHash(),
        announce.peerId(),
        new Progress(announce.left(), announce.downloaded(), announce.uploaded()),
        asked.numWant(),
        true,
        announce.port(),
        sanitizer.addresses(candidates),
        new UrlParameters(announce.parameters()));
  }
}
