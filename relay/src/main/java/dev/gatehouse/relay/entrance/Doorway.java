package dev.gatehouse.relay.entrance;

import dev.gatehouse.kernel.address.IpAddress;
import dev.gatehouse.kernel.time.Ticker;
import dev.gatehouse.relay.gate.Passage;
import dev.gatehouse.relay.gate.Refusal;
import dev.gatehouse.relay.gate.Role;
import dev.gatehouse.relay.gate.UpgradeGates;
import dev.gatehouse.relay.log.RelayLog;
import dev.gatehouse.relay.session.Sessions;
import dev.gatehouse.wire.websocket.HandshakeKey;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;

/** Takes requests through the gates, and those that pass to the sessions. */
public final class Doorway {

  private final UpgradeGates gates;
  private final Sessions sessions;
  private final RelayLog log;
  private final Health health;
  private final Ticker ticker;

  public Doorway(
      UpgradeGates gates, Sessions sessions, RelayLog log, Health health, Ticker ticker) {
    this.gates = gates;
    this.sessions = sessions;
    this.log = log;
    this.health = health;
    this.ticker = ticker;
  }

  UpgradeGates gates() {
    return gates;
  }

  Health health() {
    return health;
  }

  /** What the gates say to a request from that peer; a refusal is counted. */
  Passage pass(Role role, HttpRequest request, IpAddress peer) {
    IpAddress client = gates.client(peer, request);
    Passage passage = gates.pass(role, request, client, ticker.nanos());
    if (passage instanceof Passage.Refused refused) {
      refused(role, refused.why());
      tell(role, refused.why(), client, peer);
    }
    return passage;
  }

  void refused(Role role, Refusal why) {
    sessions.refused(role, why);
  }

  /** What strangers do wrong is not logged, what they do too often is. */
  private void tell(Role role, Refusal why, IpAddress client, IpAddress peer) {
    switch (why) {
      case RATE_LIMIT, CLIENT_LIMIT -> log.rateLimited(client.toString());
      case CAPACITY, DRAINING -> log.capReached("/v1/" + role.endpoint(), peer.toString());
      case MISDIRECTED, HEADERS, DENIED, HANDSHAKE -> {}
    }
  }

  /**
   * Says yes, and lets the connection in, which is not read before it has its place; what came
   * behind the request goes with it.
   */
  void upgrade(Channel channel, HttpRequest request, Passage.Admitted admitted) {
    channel.closeFuture().addListener(closed -> admitted.place().giveBack());
    channel.config().setAutoRead(false);
    channel.write(accepted(request));
    Entrance.endAnswers(channel.pipeline());
    sessions.enter(channel, admitted.introduction());
    Entrance.endRequests(channel.pipeline());
  }

  private static FullHttpResponse accepted(HttpRequest request) {
    FullHttpResponse response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1, HttpResponseStatus.SWITCHING_PROTOCOLS, Unpooled.EMPTY_BUFFER);
    response
        .headers()
        .set(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET)
        .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE)
        .set(
            HttpHeaderNames.SEC_WEBSOCKET_ACCEPT,
            HandshakeKey.answer(request.headers().get(HttpHeaderNames.SEC_WEBSOCKET_KEY, "")));
    return response;
  }
}
