package dev.gatehouse.tracker.udp;

import dev.gatehouse.net.datagram.Datagram;
import dev.gatehouse.net.datagram.DatagramHandler;
import dev.gatehouse.net.datagram.LateAnswers;
import dev.gatehouse.tracker.flow.Action;
import dev.gatehouse.tracker.flow.Answering;
import dev.gatehouse.tracker.flow.Flow;
import dev.gatehouse.tracker.request.AnnounceReply;
import dev.gatehouse.tracker.request.Parameters;
import dev.gatehouse.tracker.request.Rejection;
import dev.gatehouse.tracker.request.Rejections;
import dev.gatehouse.tracker.request.RequestAddress;
import dev.gatehouse.tracker.request.Scrape;
import dev.gatehouse.tracker.request.ScrapeRequest;
import dev.gatehouse.tracker.udp.UdpDrops.Reason;
import dev.gatehouse.wire.tracker.InfoHash;
import dev.gatehouse.wire.tracker.RequestFault;
import dev.gatehouse.wire.tracker.udp.UdpReplies;
import dev.gatehouse.wire.tracker.udp.UdpRequestKind;
import dev.gatehouse.wire.tracker.udp.UdpScrape;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Takes the datagrams of one worker through their steps.
 *
 * <p>Whoever has not proved to be where it says gets no more bytes than it sent. As a rule an
 * answer is written while its datagram is handled, and nothing is allocated; where a hook needs
 * time, the exchange goes on without this thread and the next datagram gets another.
 */
final class UdpRequests implements DatagramHandler, Answering<UdpExchange> {

  /** Action and transaction id, before the counts of each hash. */
  private static final int SCRAPE_HEAD = 8;

  private static final int SCRAPED = 12;

  private final UdpTerms terms;
  private final Flow<UdpExchange> flow;
  private final ConnectionIds ids;
  private final WorkerClock clock;
  private final AnnounceReader announces;
  private final LateAnswers late;
  private ByteBuf out = Unpooled.EMPTY_BUFFER;
  private UdpExchange present = new UdpExchange();
  private boolean finished;

  UdpRequests(UdpTerms terms, LateAnswers late) {
    this.terms = terms;
    this.late = late;
    flow = new Flow<>(terms.logic(), terms.meter(), this);
    ids = terms.newIds();
    clock = new WorkerClock(terms.logic().ticker(), terms.entropy());
    announces =
        new AnnounceReader(terms.config().rules(), terms.config().maxDatagram(), flow.hasHooks());
  }

  @Override
  public void begin() {
    clock.tick();
  }

  /** Step 1 is the listener's; this is the way from step 2. */
  @Override
  public void handle(Datagram in, ByteBuf answer) {
    UdpRequestKind kind = UdpRequestKind.of(in.content());
    switch (kind) {
      case EMPTY -> {}
      case TOO_SHORT -> terms.drops().count(Reason.MALFORMED);
      case BAD_MAGIC -> terms.drops().count(Reason.BAD_MAGIC);
      case CONNECT, ANNOUNCE, WIDE_ANNOUNCE, SCRAPE, UNKNOWN_ACTION -> {
        out = answer;
        handle(kind, in, present);
      }
    }
  }

  /** Holds the exchange, so that nobody goes on with it before it is known to be late. */
  private void handle(UdpRequestKind kind, Datagram in, UdpExchange exchange) {
    synchronized (exchange) {
      finished = false;
      exchange.begin(in, clock.nanos());
      take(kind, in);
      if (!finished) {
        exchange.isLate();
        present = new UdpExchange();
      }
    }
  }

  private void take(UdpRequestKind kind, Datagram in) {
    if (kind == UdpRequestKind.CONNECT) {
      connect(in);
    } else if (isConnected(in)) {
      takeVerified(kind, in);
    } else {
      refuse(RequestFault.BAD_CONNECTION_ID);
    }
  }

  private boolean isConnected(Datagram in) {
    long id = UdpRequestKind.connectionId(in.content());
    return ids.isValid(id, clock.second(), in.family(), in.high(), in.low());
  }

  private void takeVerified(UdpRequestKind kind, Datagram in) {
    switch (kind) {
      case ANNOUNCE, WIDE_ANNOUNCE -> announce(in);
      case SCRAPE -> scrape(in);
      case EMPTY, TOO_SHORT, BAD_MAGIC, CONNECT, UNKNOWN_ACTION ->
          refuse(RequestFault.UNKNOWN_ACTION);
    }
  }

  /** Step 4. */
  private void connect(Datagram in) {
    present.is(Action.CONNECT);
    present.comesFrom(in.family());
    long id = ids.make(clock.salt(), clock.second(), in.family(), in.high(), in.low());
    UdpReplies.writeConnect(out, present.transactionId(), id);
    flow.answered(present);
  }

  private void announce(Datagram in) {
    present.is(Action.ANNOUNCE);
    Optional<RequestFault> fault = announces.read(in, present);
    if (fault.isPresent()) {
      refuse(fault.get());
    } else {
      flow.announce(present);
    }
  }

  private void scrape(Datagram in) {
    present.is(Action.SCRAPE);
    Optional<RequestFault> fault = UdpScrape.fault(in.content());
    if (fault.isPresent()) {
      refuse(fault.get());
    } else if (!accepts(in)) {
      refuse(RequestFault.INVALID_IP);
    } else {
      present.comesFrom(in.family());
      readHashes(in);
      flow.scrape(present);
    }
  }

  private boolean accepts(Datagram in) {
    return terms.config().rules().sanitizer().accepts(in.family(), in.high(), in.low());
  }

  private void readHashes(Datagram in) {
    int room = (terms.config().maxDatagram() - SCRAPE_HEAD) / SCRAPED;
    int most = Math.min(room, terms.config().rules().sanitizer().maxScraped());
    int size = UdpScrape.size(in.content(), most);
    present.scrape().clear();
    for (int i = 0; i < size; i++) {
      present.scrape().add(in.content(), UdpScrape.infoHashIndex(in.content(), i));
    }
    if (flow.hasHooks()) {
      List<InfoHash> hashes =
          IntStream.range(0, size)
              .mapToObj(i -> UdpScrape.infoHashIndex(in.content(), i))
              .map(at -> InfoHash.v1(in.content(), at))
              .toList();
      List<RequestAddress> addresses = List.of(new RequestAddress(in.address(), false));
      present.shown(new ScrapeRequest(hashes, addresses, Parameters.NONE));
    }
  }

  private void refuse(RequestFault fault) {
    flow.refuse(present, terms.logic().rejections().of(fault));
  }

  @Override
  public void sendAnnounce(UdpExchange exchange) {
    ByteBuf to = target(exchange);
    AnnounceReply reply = exchange.reply();
    UdpReplies.writeAnnounce(
        to,
        exchange.wide(),
        exchange.transactionId(),
        (int) reply.interval(),
        reply.incomplete(),
        reply.complete());
    UdpReplies.writePeers(
        to,
        exchange.selection().peers(exchange.source()),
        UdpReplies.peersIn(exchange.source(), terms.config().maxDatagram()));
    sendIfLate(exchange, to);
  }

  @Override
  public void sendScrape(UdpExchange exchange) {
    ByteBuf to = target(exchange);
    Scrape scrape = exchange.scrape();
    UdpReplies.writeScrape(to, exchange.transactionId());
    for (int i = 0; i < scrape.size(); i++) {
      UdpReplies.writeScraped(to, scrape.seeders(i), scrape.snatches(i), scrape.leechers(i));
    }
    sendIfLate(exchange, to);
  }

  /** Step 9: silence where an answer would help whoever floods us or hides behind another. */
  @Override
  public void refuse(UdpExchange exchange, Rejection reason) {
    Reason silence = silence(exchange, reason);
    if (silence != null) {
      terms.drops().count(silence);
      return;
    }
    ByteBuf to = target(exchange);
    UdpReplies.writeError(to, exchange.transactionId(), reason.ascii());
    sendIfLate(exchange, to);
  }

  private @Nullable Reason silence(UdpExchange exchange, Rejection reason) {
    Rejections rejections = terms.logic().rejections();
    if (reason == rejections.limitExceeded()) {
      return Reason.RATE_LIMIT;
    }
    if (reason == rejections.overload()) {
      return Reason.OVERLOAD;
    }
    boolean bad = reason == rejections.of(RequestFault.BAD_CONNECTION_ID);
    if (bad && !terms.config().connectionIds().answersBad()) {
      return Reason.BAD_CONNECTION_ID;
    }
    return terms.mayRefuse(exchange) ? null : Reason.RATE_LIMIT;
  }

  /**
   * Where an answer is written: what the listener sends when it has handled the batch, if it can.
   */
  private ByteBuf target(UdpExchange exchange) {
    return exchange.late() ? Unpooled.buffer(terms.config().maxDatagram()) : out;
  }

  private void sendIfLate(UdpExchange exchange, ByteBuf answer) {
    if (exchange.late()) {
      late.send(answer, exchange.source(), exchange.high(), exchange.low(), exchange.port());
    }
  }

  @Override
  public void finish(UdpExchange exchange) {
    finished |= exchange == present;
  }

  /** An exchange that had to wait shares nothing with the worker, so any thread may go on. */
  @Override
  public void resume(UdpExchange exchange, Runnable next) {
    synchronized (exchange) {
      next.run();
    }
  }
}
