package dev.gatehouse.proxy.l7.http2;

import dev.gatehouse.proxy.exchange.Exchange;
import dev.gatehouse.proxy.exchange.RequestContext;
import dev.gatehouse.proxy.http.Request;
import dev.gatehouse.proxy.http.guard.RefusalReason;
import dev.gatehouse.proxy.http.guard.Verdict;
import dev.gatehouse.proxy.http.response.ErrorPage;
import dev.gatehouse.proxy.http.response.Stamp;
import dev.gatehouse.proxy.l7.connection.HttpTerms;
import dev.gatehouse.proxy.l7.connection.L7Connection;
import dev.gatehouse.proxy.l7.connection.RequestGate;
import dev.gatehouse.proxy.traffic.CloseCause;
import dev.gatehouse.proxy.traffic.ListenerTraffic.Abuse;
import dev.gatehouse.proxy.traffic.ListenerTraffic.Dropped;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Stream;

/** Judges what begins on the streams of one client, and lets it go on or answers it. */
final class Http2Requests {

  private final Http2Frontend frontend;
  private final L7Connection client;
  private int streams;

  Http2Requests(Http2Frontend frontend, L7Connection client) {
    this.frontend = frontend;
    this.client = client;
  }

  /** Whether a block is one that a client may send by mistake; if not, that is the end. */
  boolean isSane(Http2Stream stream, Http2Headers block) throws Http2Exception {
    if (block.size() > shared().guard().limits().maxFields()) {
      frontend.abused(Abuse.HEADER_FIELDS);
      return false;
    }
    if (RequestBlocks.isTooLarge(block)) {
      client.client().traffic().refused(RefusalReason.HEADER_SIZE);
      throw Http2Exception.streamError(stream.id(), Http2Error.PROTOCOL_ERROR, "header size");
    }
    return true;
  }

  void begin(Http2Stream stream, Http2Reply reply, Http2Headers block, boolean ended)
      throws Http2Exception {
    streams++;
    if (streams >= shared().settings().http2().lifetimeStreams()) {
      frontend.drain(CloseCause.CLIENT_CLOSED);
    }
    if (isSane(stream, block)) {
      judge(reply, block, ended);
    }
  }

  private void judge(Http2Reply reply, Http2Headers block, boolean ended) throws Http2Exception {
    switch (shared().guard().judge(block, ended)) {
      case Verdict.Refused refused -> refuse(reply, refused);
      case Verdict.Accepted(Request request, int underscores) -> {
        client.client().traffic().dropped(Dropped.UNDERSCORE, underscores);
        decide(reply, request, ended);
      }
    }
  }

  private void refuse(Http2Reply reply, Verdict.Refused refused) throws Http2Exception {
    String id = shared().newRequestId();
    client.refused(refused, id);
    switch (refused.ending()) {
      case RESET ->
          throw Http2Exception.streamError(
              reply.id(), Http2Error.PROTOCOL_ERROR, "%s", refused.reason().label());
      case STREAM, CLOSE -> reply.answer(ErrorPage.of(refused.status(), shared().stamp(id)));
    }
  }

  private void decide(Http2Reply reply, Request request, boolean ended) {
    switch (shared().gate().decide(client, request)) {
      case RequestGate.Decision.Admitted(RequestContext admitted) ->
          exchange(reply, admitted, ended);
      case RequestGate.Decision.Denied denied -> deny(reply, request, denied);
    }
  }

  private void exchange(Http2Reply reply, RequestContext admitted, boolean ended) {
    Exchange exchange = new Exchange(shared().exchanges(), admitted, reply, reply);
    reply.begin(exchange, admitted);
    if (ended || admitted.request().webSocket()) {
      exchange.bodyless();
    }
    exchange.begin();
  }

  private void deny(Http2Reply reply, Request request, RequestGate.Decision.Denied denied) {
    client.denied(request, denied.status().code(), denied.requestId(), denied.cause());
    Stamp stamp = shared().stamp(denied.requestId());
    ErrorPage page =
        request.isGrpc()
            ? ErrorPage.grpc(denied.status(), stamp)
            : ErrorPage.of(denied.status(), stamp);
    reply.answer(request.method().equals("HEAD") ? page.withoutBody() : page);
    if (denied.lost()) {
      frontend.drain(CloseCause.REFUSED);
    }
  }

  private HttpTerms shared() {
    return client.shared();
  }
}
