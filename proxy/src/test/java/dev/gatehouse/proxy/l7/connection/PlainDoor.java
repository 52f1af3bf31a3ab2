package dev.gatehouse.proxy.l7.connection;

import dev.gatehouse.kernel.address.Endpoint;
import dev.gatehouse.kernel.address.IpAddress;
import dev.gatehouse.kernel.metric.Metric;
import dev.gatehouse.net.firewall.Firewall;
import dev.gatehouse.net.listen.Admission;
import dev.gatehouse.net.listen.Listener;
import dev.gatehouse.net.listen.ListenerSettings;
import dev.gatehouse.net.listen.ListenerSettings.Guard;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.socket.SocketChannelConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** A listener on loopback behind which HTTP is spoken with clients, without TLS. */
public final class PlainDoor implements AutoCloseable {

  private static final int PATIENCE_MILLIS = 20_000;

  private final Function<L7Connection, ChannelHandler> frontend;
  private final Lobby lobby;
  private final Listener listener;
  private final List<Channel> channels = new CopyOnWriteArrayList<>();

  /**
   * @param frontend speaks with each client
   * @param proxy lines of the section {@code [proxy]}
   * @param ofRoute lines of the route
   */
  public PlainDoor(Function<L7Connection, ChannelHandler> frontend, String proxy, String ofRoute)
      throws Exception {
    this.frontend = frontend;
    lobby = new Lobby(proxy, ofRoute, Firewall.OPEN);
    listener =
        new Listener(
            new ListenerSettings(
                "proxy.listeners",
                "proxy",
                new Endpoint(IpAddress.ipv4(0x7f00_0001), 0),
                16,
                new Guard(false, List.of(), 0),
                Duration.ofSeconds(5),
                Duration.ofSeconds(5),
                false),
            lobby.loops(),
            Admission.OPEN,
            lobby.counters(),
            this::admit,
            (_, _) -> {});
    listener.start();
    listener.accept();
  }

  private void admit(Channel channel) {
    channels.add(channel);
    ((SocketChannelConfig) channel.config())
        .setAllowHalfClosure(false)
        .setWriteBufferWaterMark(new WriteBufferWaterMark(32 * 1024, 64 * 1024));
    channel.pipeline().addLast(frontend.apply(lobby.connection(channel)));
  }

  /** What is behind it. */
  public Lobby lobby() {
    return lobby;
  }

  /** A client that waits for a while and not for ever. */
  public Socket connect() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), listener.boundAddress().port());
    socket.setSoTimeout(PATIENCE_MILLIS);
    socket.setTcpNoDelay(true);
    return socket;
  }

  /** Connections that are open. */
  public int connections() {
    return listener.connections();
  }

  /** Tells every connection to come to its end, and returns when all have heard it. */
  public void drain() throws Exception {
    for (Channel channel : channels) {
      channel
          .eventLoop()
          .submit(() -> channel.pipeline().fireUserEventTriggered(Listener.Event.DRAIN))
          .get();
    }
  }

  public double metric(Metric metric, String... labels) {
    return lobby.metric(metric, labels);
  }

  @Override
  public void close() {
    listener.stopAccepting();
    listener.reset(_ -> true);
    listener.close();
    lobby.close();
  }
}
