package dev.gatehouse.tracker.flow;

import dev.gatehouse.kernel.address.AddressFamily;
import dev.gatehouse.kernel.address.IpAddress;
import dev.gatehouse.tracker.hook.Requests;
import dev.gatehouse.tracker.request.AnnounceRequest;
import dev.gatehouse.tracker.request.Change;
import dev.gatehouse.tracker.request.Parameters;
import dev.gatehouse.tracker.request.ScrapeRequest;
import dev.gatehouse.tracker.request.Selection;
import dev.gatehouse.wire.tracker.Event;
import java.util.List;

/** A request that came by no protocol. */
final class TestExchange extends Exchange {

  private static final IpAddress CLIENT = IpAddress.ipv4(0x0102_0304);

  private TestExchange() {
    super(new Selection());
  }

  static TestExchange ofAnnounce(Event event, long left, int port) {
    TestExchange exchange = new TestExchange();
    exchange.begin(0);
    exchange.is(Action.ANNOUNCE);
    exchange.tells(event);
    exchange.comesFrom(AddressFamily.IPV4);
    exchange.announce().torrent(Requests.hash(Requests.HASH));
    exchange.announce().peer(Requests.peer("%020d".formatted(port)));
    exchange.announce().clearAddresses();
    exchange.announce().addAddress(AddressFamily.IPV4, 0, CLIENT.low(), port);
    exchange.announce().asks(Change.of(event, left), left == 0, 50);
    return exchange;
  }

  static TestExchange ofScrape() {
    TestExchange exchange = new TestExchange();
    exchange.begin(0);
    exchange.is(Action.SCRAPE);
    exchange.comesFrom(AddressFamily.IPV4);
    exchange.scrape().clear();
    exchange.scrape().add(Requests.hash(Requests.HASH));
    return exchange;
  }

  List<Integer> ports() {
    var peers = selection().peers(AddressFamily.IPV4);
    return java.util.stream.IntStream.range(0, peers.size())
        .map(i -> peers.endpoint(i).port())
        .boxed()
        .toList();
  }

  @Override
  protected IpAddress observed() {
    return CLIENT;
  }

  @Override
  protected AnnounceRequest announceRequest() {
    return Requests.announce(Requests.HASH, Requests.PEER);
  }

  @Override
  protected ScrapeRequest scrapeRequest() {
    return Requests.scrape(List.of(Requests.hash(Requests.HASH)), Parameters.NONE);
  }
}
