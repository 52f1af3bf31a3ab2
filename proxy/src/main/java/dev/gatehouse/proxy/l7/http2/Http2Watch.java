package dev.gatehouse.proxy.l7.http2;

import dev.gatehouse.proxy.config.HttpTimeouts;
import dev.gatehouse.proxy.l7.connection.SendStall;
import dev.gatehouse.proxy.sweep.LoopSweep;
import dev.gatehouse.proxy.traffic.CloseCause;
import dev.gatehouse.proxy.traffic.ListenerTraffic.Abuse;
import java.time.Duration;
import java.util.OptionalLong;

/** Finds out what of a client's connection of HTTP/2 takes too long, beside its exchanges. */
final class Http2Watch extends LoopSweep.Swept {

  private final Http2Frontend frontend;
  private final FrameMeter meter;
  private final HttpTimeouts timeouts;
  private final SendStall socket = new SendStall();

  Http2Watch(Http2Frontend frontend, FrameMeter meter, HttpTimeouts timeouts) {
    this.frontend = frontend;
    this.meter = meter;
    this.timeouts = timeouts;
  }

  @Override
  public void look(long nowNanos) {
    if (frontend.isDead()) {
      return;
    }
    long queued = SendStall.queued(frontend.own().channel());
    if (socket.look(nowNanos, frontend.taken() + queued, queued, timeouts.sendStall())) {
      frontend.abused(Abuse.STALL);
    } else if (isOver(timeouts.requestHeader(), meter.blockSince(), nowNanos)) {
      frontend.headTooSlow();
    } else if (isOver(timeouts.keepAlive(), frontend.idleSince(), nowNanos)) {
      frontend.drain(CloseCause.KEEPALIVE);
    } else {
      frontend.forEachReply(reply -> reply.look(nowNanos, timeouts.sendStall()));
    }
  }

  private static boolean isOver(Duration limit, OptionalLong since, long nowNanos) {
    return since.isPresent()
        && limit.isPositive()
        && nowNanos - since.getAsLong() >= limit.toNanos();
  }
}
