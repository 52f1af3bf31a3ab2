package dev.gatehouse.control;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerDomainSocketChannel;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;

/** The ways to listen on a Unix socket: natively on Linux, through the JDK elsewhere. */
enum UnixListener {
  /** Knows its peers. */
  EPOLL {
    @Override
    Class<? extends ServerChannel> channelType() {
      return EpollServerDomainSocketChannel.class;
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
    Class<? extends ServerChannel> channelType() {
      return NioServerDomainSocketChannel.class;
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

  static UnixListener available() {
    return Epoll.isAvailable() ? EPOLL : NIO;
  }

  abstract Class<? extends ServerChannel> channelType();

  abstract SocketAddress address(Path path);

  abstract EventLoopGroup newLoop();

  private static DefaultThreadFactory threads() {
    return new DefaultThreadFactory("control");
  }
}
