package dev.gatehouse.relay.frame;

import dev.gatehouse.wire.websocket.Opcode;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
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

  /** Answers a ping with its own words, which stay the caller's. */
  public void answer(ByteBuf words) {
    ByteBuf pong = ControlFrame.of(Opcode.PONG, words, channel.alloc());
    if (onItsWay) {
      clear();
      next = pong;
    } else {
      send(pong);
    }
  }

  private void send(ByteBuf pong) {
    onItsWay = true;
    channel.writeAndFlush(pong).addListener(written -> goOn());
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
      send(waiting);
    }
  }
}
