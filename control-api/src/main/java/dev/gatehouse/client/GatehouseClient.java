package dev.gatehouse.client;

import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * A connection to a running daemon over its control socket; blocking, for commands, agents and
 * tests.
 *
 * <p>Nothing is sent before the first call, so a missing daemon shows there. Calls may be made from
 * several threads; each stream keeps the thread that reads it.
 */
public final class GatehouseClient implements AutoCloseable {

  /** The longest path of a Unix socket: {@code sun_path} of unix(7) less its final NUL. */
  public static final int MAX_SOCKET_PATH_BYTES = 107;

  /** The size up to which a message is read and written. */
  public static final int MAX_MESSAGE_BYTES = 16 << 20;

  private static final Duration CALL_DEADLINE = Duration.ofSeconds(30);
  private static final Duration CLOSE_DEADLINE = Duration.ofSeconds(1);

  private final EventLoopGroup loop;
  private final ManagedChannel channel;
  private final ProxyClient proxy;
  private final FirewallClient firewall;
  private final TrackerClient tracker;
  private final DaemonClient daemon;
  private final RelayClient relay;
  private final WatchClient watch;

  GatehouseClient(UnixTransport transport, Path socket, Duration callDeadline) {
    loop = transport.newLoop();
    channel =
        NettyChannelBuilder.forAddress(transport.address(socket))
            .eventLoopGroup(loop)
            .channelType(transport.channelType(), transport.addressType())
            // gRPC asks for it on every channel; a Unix socket has none, and Netty would warn
            .withOption(ChannelOption.SO_KEEPALIVE, null)
            .overrideAuthority("localhost")
            .usePlaintext()
            .maxInboundMessageSize(MAX_MESSAGE_BYTES)
            .build();
    Calls calls = new Calls(channel, socket, callDeadline);
    proxy = new ProxyClient(calls);
    firewall = new FirewallClient(calls);
    tracker = new TrackerClient(calls);
    daemon = new DaemonClient(calls);
    relay = new RelayClient(calls);
    watch = new WatchClient(calls);
  }

  /** A client of the daemon at this path; a call that takes longer than 30 s fails. */
  public static GatehouseClient open(Path socket) throws ControlException {
    return open(socket, CALL_DEADLINE);
  }

  /** A client of the daemon at this path; a call that takes longer than the deadline fails. */
  public static GatehouseClient open(Path socket, Duration callDeadline) throws ControlException {
    Failures.checkLength(socket);
    return new GatehouseClient(UnixTransport.available(), socket, callDeadline);
  }

  /** The front door: listeners, routes and policies. */
  public ProxyClient proxy() {
    return proxy;
  }

  /** Whom the public listeners of all services let in. */
  public FirewallClient firewall() {
    return firewall;
  }

  /** The BitTorrent tracker. */
  public TrackerClient tracker() {
    return tracker;
  }

  /** The daemon as a whole: status, configuration, drain. */
  public DaemonClient daemon() {
    return daemon;
  }

  /** The rendezvous of daemons behind NAT and their phones. */
  public RelayClient relay() {
    return relay;
  }

  /** What this host exposes. */
  public WatchClient watch() {
    return watch;
  }

  @Override
  public void close() {
    channel.shutdownNow();
    loop.shutdownGracefully(0, CLOSE_DEADLINE.toMillis(), TimeUnit.MILLISECONDS);
  }
}
