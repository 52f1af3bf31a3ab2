package dev.gatehouse.proxy.l7.connection;

import io.netty.channel.Channel;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslHandler;

/** Ends connections so that the last that was said arrives. */
public final class Farewell {

  private Farewell() {}

  /**
   * Sends close_notify and FIN behind what was written. What the client still sends is to be read
   * and thrown away: a socket that is closed with bytes in it answers with a reset, which may
   * overtake the last response.
   */
  public static void say(Channel channel) {
    SslHandler tls = channel.pipeline().get(SslHandler.class);
    if (tls != null && channel instanceof DuplexChannel duplex) {
      tls.closeOutbound().addListener(_ -> duplex.shutdownOutput());
    } else {
      channel.close();
    }
  }
}
