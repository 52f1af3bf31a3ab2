package dev.gatehouse.client;

import io.netty.channel.Channel;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioDomainSocketChannel;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;

/** The ways to reach a Unix socket: natively on Linux, through the JDK elsewhere. */
enum UnixTransport {
  EPOLL {
    @Override
    Class<? extends Channel> channelType() {
      return EpollDomainSocketChannel.class;
    }

    @Override
    Class<? extends SocketAddress> addressType() {
      return DomainSocketAddress.class;
    }

    @Override
    SocketAddress address(Path path) {
      return new DomainSocketAddress(path.toString());
    }

    @Override
    EventLoopGroup newLoop() {
      return new MultiThreadIoEventLoopGroup(1, threads(), EpollIoHandler.newFactory());
    }
  },
  NIO {
    @Override
    Class<? extends Channel> channelType() {
      return NioDomainSocketChannel.class;
    }

    @Override
    Class<? extends SocketAddress> addressType() {
      return UnixDomainSocketAddress.class;
    }

    @Override
    SocketAddress address(Path path) {
      return UnixDomainSocketAddress.of(path);
    }

    @Override
    EventLoopGroup newLoop() {
      return new MultiThreadIoEventLoopGroup(1, threads(), NioIoHandler.newFactory());
    }
  };

  static UnixTransport available() {
    return Epoll.isAvailable() ? EPOLL : NIO;
  }

  abstract Class<? extends Channel> channelType();

  abstract Class<? extends SocketAddress> addressType();

  abstract SocketAddress address(Path path);

  abstract EventLoopGroup newLoop();

  /** Daemon threads: a command that is done must not wait for its connection. */
  private static DefaultThreadFactory threads() {
    return new DefaultThreadFactory("control-client", true);
  }
}
