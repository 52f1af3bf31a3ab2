package dev.gatehouse.tracker.http;

import dev.gatehouse.kernel.address.IpAddress;
import dev.gatehouse.tracker.config.RequestRules;
import dev.gatehouse.tracker.request.Announce;
import dev.gatehouse.tracker.request.AnnounceRequest;
import dev.gatehouse.tracker.request.Change;
import dev.gatehouse.tracker.request.RequestAddress;
import dev.gatehouse.tracker.request.Sanitizer;
import dev.gatehouse.tracker.request.ScrapeRequest;
import dev.gatehouse.wire.tracker.AnnounceQuery;
import dev.gatehouse.wire.tracker.Event;
import dev.gatehouse.wire.tracker.InfoHash;
import dev.gatehouse.wire.tracker.RequestFault;
import dev.gatehouse.wire.tracker.ScrapeQuery;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Fills exchanges with what of a request can be believed: step 3. */
final class RequestReader {

  private final RequestRules rules;
  private final Sanitizer sanitizer;
  private final boolean shows;

  /**
   * @param shows whether there are hooks that want to see requests
   */
  RequestReader(RequestRules rules, boolean shows) {
    this.rules = rules;
    this.shows = shows;
    sanitizer = rules.sanitizer();
  }

  Optional<RequestFault> announce(
      HttpExchange exchange, AnnounceQuery asked, HttpParameters parameters) {
    List<RequestAddress> addresses = addresses(exchange, asked);
    if (addresses.isEmpty()) {
      return Optional.of(RequestFault.INVALID_IP);
    }
    Event event = asked.event().orElse(Event.NONE);
    long left = asked.progress().left();
    int numWant = sanitizer.numWant(asked.numWant());
    exchange.tells(event);
    exchange.wants(asked.peerForm());
    exchange.comesFrom(addresses.getFirst().address().family());
    Announce announce = exchange.announce();
    announce.torrent(asked.infoHash());
    announce.peer(asked.peerId());
    announce.clearAddresses();
    for (RequestAddress each : addresses) {
      IpAddress address = each.address();
      announce.addAddress(address.family(), address.high(), address.low(), asked.port());
    }
    announce.asks(Change.of(event, left), left == 0, numWant);
    if (shows) {
      exchange.shown(request(asked, event, numWant, addresses, kept(parameters)));
    }
    return Optional.empty();
  }

  private List<RequestAddress> addresses(HttpExchange exchange, AnnounceQuery asked) {
    List<RequestAddress> candidates = new ArrayList<>();
    if (rules.allowIpSpoofing()) {
      asked.claimedAddresses().forEach(ip -> candidates.add(new RequestAddress(ip, true)));
    }
    candidates.add(new RequestAddress(exchange.client(), false));
    return sanitizer.addresses(candidates);
  }

  private static AnnounceRequest request(
      AnnounceQuery asked,
      Event event,
      int numWant,
      List<RequestAddress> addresses,
      HttpParameters parameters) {
    return new AnnounceRequest(
        event,
        asked.event().isPresent(),
        asked.infoHash(),
        asked.peerId(),
        asked.progress(),
        numWant,
        asked.numWant().isPresent(),
        asked.port(),
        addresses,
        parameters);
  }

  Optional<RequestFault> scrape(
      HttpExchange exchange, ScrapeQuery asked, HttpParameters parameters) {
    List<RequestAddress> addresses =
        sanitizer.addresses(List.of(new RequestAddress(exchange.client(), false)));
    if (addresses.isEmpty()) {
      return Optional.of(RequestFault.INVALID_IP);
    }
    exchange.comesFrom(addresses.getFirst().address().family());
    List<InfoHash> all = asked.infoHashes();
    List<InfoHash> hashes = all.subList(0, Math.min(all.size(), sanitizer.maxScraped()));
    exchange.asksFor(hashes);
    exchange.scrape().clear();
    hashes.forEach(exchange.scrape()::add);
    if (shows) {
      exchange.shown(new ScrapeRequest(hashes, addresses, kept(parameters)));
    }
    return Optional.empty();
  }

  /** The head is the loop's, which may read another while a hook still asks of this one. */
  private static HttpParameters kept(HttpParameters parameters) {
    return new HttpParameters(parameters.query(), parameters.head().copy(), parameters.route());
  }
}
