package dev.gatehouse.net.listen;

import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelOption;

/** Why a connection ended before its service spoke to it; the firewall counts its own reasons. */
public enum Refusal {
  LISTENER_LIMIT("listener_limit"),
  FD_LIMIT("fd_limit"),
  PROXY_HEADER("proxy_header"),
  ADDRESS_LIMIT("address_limit"),
  DRAINING("draining"),
  HANDSHAKE_TIMEOUT("handshake_timeout"),
  HEADER_TIMEOUT("header_timeout");

  private final String label;

  Refusal(String label) {
    this.label = label;
  }

  /** The word for this in metrics. */
  public String label() {
    return label;
  }

  /**
   * Closes with a reset instead of a FIN, so that a refused peer learns nothing and leaves no
   * TIME_WAIT behind. Bytes that were not sent yet are lost.
   */
  public static void reset(Channel channel) {
    try {
      channel.config().setOption(ChannelOption.SO_LINGER, 0);
    } catch (ChannelException _) {
      // the peer was faster: there is no socket left to set the option on
    }
    channel.close();
  }
}
