package dev.gatehouse.tracker.http;

import dev.gatehouse.kernel.address.AddressFamily;
import dev.gatehouse.tracker.flow.Action;
import dev.gatehouse.tracker.flow.Answering;
import dev.gatehouse.tracker.flow.Flow;
import dev.gatehouse.tracker.flow.Logic;
import dev.gatehouse.tracker.http.answer.ContentType;
import dev.gatehouse.tracker.http.answer.HttpStatus;
import dev.gatehouse.tracker.request.AnnounceReply;
import dev.gatehouse.tracker.request.Rejection;
import dev.gatehouse.tracker.request.Scrape;
import dev.gatehouse.wire.Decoded;
import dev.gatehouse.wire.tracker.AnnounceQuery;
import dev.gatehouse.wire.tracker.HttpReplies;
import dev.gatehouse.wire.tracker.HttpReplies.Announced;
import dev.gatehouse.wire.tracker.HttpReplies.Scraped;
import dev.gatehouse.wire.tracker.InfoHash;
import dev.gatehouse.wire.tracker.Query;
import dev.gatehouse.wire.tracker.RequestFault;
import dev.gatehouse.wire.tracker.RequestHead;
import dev.gatehouse.wire.tracker.ScrapeQuery;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoop;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Takes the requests of one listener through their steps, of which the connection has done the
 * first; shared by all loops, each request on its own.
 */
final class HttpRequests implements Answering<HttpExchange> {

  private static final String JSON = "application/json";

  private final HttpTerms terms;
  private final Logic logic;
  private final Flow<HttpExchange> flow;
  private final RequestReader reader;
  private final long retryMinutes;

  HttpRequests(HttpTerms terms, Logic logic) {
    this.terms = terms;
    this.logic = logic;
    flow = new Flow<>(logic, terms.meter(), this);
    reader = new RequestReader(terms.config().rules(), flow.hasHooks());
    // rounded up, so that nobody comes back too early
    retryMinutes = terms.retryIn().plusSeconds(59).toMinutes();
  }

  HttpTerms terms() {
    return terms;
  }

  /** A request whose head is whole. */
  void handle(HttpConnection connection, RequestHead head) {
    Optional<RouteTable.Match> route = terms.routes().find(head);
    if (route.isEmpty()) {
      notUnderstood(connection, HttpStatus.NOT_FOUND);
    } else if (!head.isMethod("GET") && !head.isMethod("HEAD")) {
      notUnderstood(connection, HttpStatus.METHOD_NOT_ALLOWED);
    } else {
      HttpExchange exchange = connection.worker().take();
      exchange.begin(connection, terms.ticker().nanos());
      handle(exchange, head, route.get());
    }
  }

  private void notUnderstood(HttpConnection connection, HttpStatus status) {
    terms.meter().notUnderstood(status.label());
    connection.send(status);
  }

  private void handle(HttpExchange exchange, RequestHead head, RouteTable.Match route) {
    switch (route.target()) {
      case ANNOUNCE -> announce(exchange, head, route);
      case SCRAPE -> scrape(exchange, head, route);
      case PING -> ping(exchange, head);
      case STATS -> stats(exchange, head, route);
    }
  }

  /** Steps 2 and 3 of an announce. */
  private void announce(HttpExchange exchange, RequestHead head, RouteTable.Match route) {
    exchange.is(Action.ANNOUNCE);
    Query query = head.query();
    switch (AnnounceQuery.read(query)) {
      case Decoded.Complete<AnnounceQuery>(AnnounceQuery asked) -> {
        if (locate(exchange, head)) {
          HttpParameters parameters = new HttpParameters(query, head, route.parameters());
          Optional<RequestFault> fault = reader.announce(exchange, asked, parameters);
          fault.ifPresentOrElse(why -> refuse(exchange, why), () -> flow.announce(exchange));
        }
      }
      case Decoded.Malformed<AnnounceQuery>(Decoded.Fault fault) ->
          flow.refuse(exchange, logic.rejections().of(fault));
      case Decoded.Incomplete<AnnounceQuery> _ ->
          flow.refuse(exchange, logic.rejections().internal());
    }
  }

  /** Steps 2 and 3 of a scrape. */
  private void scrape(HttpExchange exchange, RequestHead head, RouteTable.Match route) {
    exchange.is(Action.SCRAPE);
    Query query = head.query();
    switch (ScrapeQuery.read(query)) {
      case Decoded.Complete<ScrapeQuery>(ScrapeQuery asked) -> {
        if (locate(exchange, head)) {
          HttpParameters parameters = new HttpParameters(query, head, route.parameters());
          Optional<RequestFault> fault = reader.scrape(exchange, asked, parameters);
          fault.ifPresentOrElse(why -> refuse(exchange, why), () -> flow.scrape(exchange));
        }
      }
      case Decoded.Malformed<ScrapeQuery>(Decoded.Fault fault) ->
          flow.refuse(exchange, logic.rejections().of(fault));
      case Decoded.Incomplete<ScrapeQuery> _ ->
          flow.refuse(exchange, logic.rejections().internal());
    }
  }

  private void refuse(HttpExchange exchange, RequestFault fault) {
    flow.refuse(exchange, logic.rejections().of(fault));
  }

  /**
   * Finds out where the client is; false if that has ended the request. One that a proxy names has
   * not passed the firewall yet, and the connection, which is the proxy's, stays.
   */
  private boolean locate(HttpExchange exchange, RequestHead head) {
    return switch (terms.realIp().seen(head, exchange.connection().peer())) {
      case RealIp.Seen.At at -> {
        exchange.isAt(at.address());
        boolean blocked = at.named() && terms.firewall().blockedByRule(at.address()).isPresent();
        if (blocked) {
          notUnderstood(exchange.connection(), HttpStatus.FORBIDDEN);
          finish(exchange);
        }
        yield !blocked;
      }
      case RealIp.Seen.Nowhere() -> {
        refuse(exchange, RequestFault.INVALID_IP);
        yield false;
      }
    };
  }

  /** Step 4: whether all is well; with HEAD, whether there is anybody. */
  private void ping(HttpExchange exchange, RequestHead head) {
    exchange.is(Action.PING);
    exchange.comesFrom(exchange.connection().peer().family());
    if (head.isMethod("HEAD")) {
      exchange.connection().send(HttpStatus.OK);
      flow.answered(exchange);
      return;
    }
    terms
        .healthy()
        .get()
        .whenComplete(
            (healthy, failure) ->
                resume(exchange, () -> pinged(exchange, failure == null && healthy)));
  }

  private void pinged(HttpExchange exchange, boolean healthy) {
    exchange.connection().send(healthy ? HttpStatus.OK : HttpStatus.UNAVAILABLE);
    flow.answered(exchange);
  }

  /** Step 4: a page. */
  private void stats(HttpExchange exchange, RequestHead head, RouteTable.Match route) {
    exchange.is(Action.STATS);
    exchange.comesFrom(exchange.connection().peer().family());
    boolean json = route.json() || head.field("accept").orElse("").contains(JSON);
    String page = json ? terms.stats().json() : terms.stats().html();
    ByteBuf body = Unpooled.wrappedBuffer(page.getBytes(StandardCharsets.UTF_8));
    exchange.connection().send(HttpStatus.OK, json ? ContentType.JSON : ContentType.HTML, body);
    flow.answered(exchange);
  }

  @Override
  public void sendAnnounce(HttpExchange exchange) {
    AnnounceReply reply = exchange.reply();
    ByteBuf body = exchange.connection().body();
    HttpReplies.writeAnnounce(
        body,
        new Announced(
            reply.complete(),
            reply.incomplete(),
            reply.interval(),
            reply.minInterval(),
            logic.rules().externalIp() ? Optional.of(exchange.client()) : Optional.empty()),
        exchange.selection().peers(AddressFamily.IPV4),
        exchange.selection().peers(AddressFamily.IPV6),
        exchange.form());
    exchange.connection().send(HttpStatus.OK, ContentType.TEXT, body);
  }

  @Override
  public void sendScrape(HttpExchange exchange) {
    Scrape scrape = exchange.scrape();
    List<Scraped> scraped = new ArrayList<>();
    List<InfoHash> hashes = exchange.hashes();
    for (int i = 0; i < hashes.size(); i++) {
      scraped.add(
          new Scraped(hashes.get(i), scrape.seeders(i), scrape.snatches(i), scrape.leechers(i)));
    }
    ByteBuf body = exchange.connection().body();
    HttpReplies.writeScrape(body, scraped);
    exchange.connection().send(HttpStatus.OK, ContentType.TEXT, body);
  }

  @Override
  public void refuse(HttpExchange exchange, Rejection reason) {
    ByteBuf body = exchange.connection().body();
    HttpReplies.writeFailure(body, reason.text(), reason.isTemporary() ? retryMinutes : 0);
    exchange.connection().send(HttpStatus.OK, ContentType.TEXT, body);
  }

  @Override
  public void finish(HttpExchange exchange) {
    exchange.connection().worker().giveBack(exchange);
  }

  @Override
  public void resume(HttpExchange exchange, Runnable next) {
    EventLoop loop = exchange.connection().loop();
    if (loop.inEventLoop()) {
      next.run();
    } else {
      loop.execute(next);
    }
  }
}
