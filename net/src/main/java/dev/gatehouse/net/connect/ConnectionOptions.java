package dev.gatehouse.net.connect;

import io.netty.channel.Channel;
import io.netty.channel.epoll.EpollSocketChannelConfig;
import io.netty.channel.socket.SocketChannelConfig;

/** How the sockets of both legs of a relayed connection are set. */
public final class ConnectionOptions {

  private static final int KEEP_ALIVE_IDLE_SECONDS = 60;
  private static final int KEEP_ALIVE_INTERVAL_SECONDS = 15;
  private static final int USER_TIMEOUT_MILLIS = 60_000;

  private ConnectionOptions() {}

  /**
   * Keeps the other direction when a peer has finished its own; no system call. What Netty sets by
   * itself is not set again: TCP_NODELAY.
   */
  public static void relay(Channel channel) {
    if (channel.config() instanceof SocketChannelConfig config) {
      config.setAllowHalfClosure(true);
    }
  }

  /**
   * Finds out that a peer is gone. Four system calls, so for connections that are a little older:
   * most are over before it could matter. Beside TCP_USER_TIMEOUT the kernel pays no heed to a
   * number of probes (see tcp(7)).
   */
  public static void keepAlive(Channel channel) {
    if (!channel.isOpen()) {
      return;
    }
    if (channel.config() instanceof SocketChannelConfig config) {
      config.setKeepAlive(true);
    }
    if (channel.config() instanceof EpollSocketChannelConfig config) {
      config
          .setTcpKeepIdle(KEEP_ALIVE_IDLE_SECONDS)
          .setTcpKeepIntvl(KEEP_ALIVE_INTERVAL_SECONDS)
          .setTcpUserTimeout(USER_TIMEOUT_MILLIS);
    }
  }
}
