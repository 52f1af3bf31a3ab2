package dev.gatehouse.net.loop;

import dev.gatehouse.kernel.address.AddressFamily;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.SocketProtocolFamily;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.channel.uring.IoUring;
import io.netty.channel.uring.IoUringIoHandler;
import io.netty.channel.uring.IoUringServerSocketChannel;
import io.netty.channel.uring.IoUringSocketChannel;
import java.nio.channels.spi.SelectorProvider;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One transport's parts.
 *
 * @param unavailability why it does not work on this machine; null if it does
 */
record Engine(
    Transport transport,
    Supplier<@Nullable Throwable> unavailability,
    Supplier<IoHandlerFactory> loops,
    Function<AddressFamily, ServerSocketChannel> server,
    Function<AddressFamily, SocketChannel> client) {

  static final Engine EPOLL =
      new Engine(
          Transport.EPOLL,
          Epoll::unavailabilityCause,
          EpollIoHandler::newFactory,
          family -> new EpollServerSocketChannel(family(family)),
          family -> new EpollSocketChannel(family(family)));

  static final Engine IO_URING =
      new Engine(
          Transport.IO_URING,
          IoUring::unavailabilityCause,
          IoUringIoHandler::newFactory,
          family -> new IoUringServerSocketChannel(),
          family -> new IoUringSocketChannel());

  static final Engine NIO =
      new Engine(
          Transport.NIO,
          () -> null,
          NioIoHandler::newFactory,
          family -> new NioServerSocketChannel(SelectorProvider.provider(), family(family)),
          family -> new NioSocketChannel());

  /** Netty opens an IPv6 socket for both families, whatever the host's default is. */
  private static SocketProtocolFamily family(AddressFamily family) {
    return switch (family) {
      case IPV4 -> SocketProtocolFamily.INET;
      case IPV6 -> SocketProtocolFamily.INET6;
    };
  }
}
