package dev.gatehouse.relay.frame;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import org.jspecify.annotations.Nullable;

/**
 * The answers to a peer's pings: one at a time, and of those that come meanwhile only the newest
 * has one (RFC 6455, section 5.5.3). On the channel's loop.
 */
public final class Pongs {

  private final Channel channel;
  private boolean onItsWay;
  private @Nullable ByteBuf next;

  public Pongs(Channel channel) {
    this.channel = channel;
  }

  /** Answers a ping with its own words, which belong to this from now on. */
  public void answer(ByteBuf words) {
    if (onItsWay) {
      clear();
      next = words;
      return;
    }
    onItsWay = true;
    channel.writeAndFlush(new PongWebSocketFrame(words)).addListener(written -> goOn());
  }

  /** Forgets what is not on its way. */
  public void clear() {
    if (next != null) {
      next.release();
      next = null;
    }
  }

  private void goOn() {
    onItsWay = false;
    ByteBuf waiting = next;
    next = null;
    if (waiting != null) {
      answer(waiting);
    }
  }
}
