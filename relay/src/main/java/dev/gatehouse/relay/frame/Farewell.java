package dev.gatehouse.relay.frame;

import dev.gatehouse.relay.gate.Close;
import dev.gatehouse.wire.websocket.Opcode;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslHandler;

/** The last words to a peer, and what may follow them. */
public final class Farewell {

  private final Channel channel;

  public Farewell(Channel channel) {
    this.channel = channel;
  }

  /** To one that may still answer. */
  public void tell(Close words) {
    channel.writeAndFlush(frame(words));
  }

  /** To one that has said all it may say. */
  public void tellAndClose(Close words) {
    channel.writeAndFlush(frame(words)).addListener(ChannelFutureListener.CLOSE);
  }

  /**
   * To one that is not understood any more, so that its answer would not be either. Our side ends
   * alone: to close while its bytes still come would be a reset, which may overtake the words.
   */
  public void tellAndFallSilent(Close words) {
    channel.writeAndFlush(frame(words)).addListener(written -> fallSilent());
  }

  private void fallSilent() {
    SslHandler tls = channel.pipeline().get(SslHandler.class);
    if (tls != null) {
      tls.closeOutbound();
    } else if (channel instanceof DuplexChannel duplex) {
      duplex.shutdownOutput();
    }
  }

  private ByteBuf frame(Close words) {
    ByteBuf payload = CloseWords.write(words, channel.alloc().buffer());
    try {
      return ControlFrame.of(Opcode.CLOSE, payload, channel.alloc());
    } finally {
      payload.release();
    }
  }
}
