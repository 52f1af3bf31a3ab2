package dev.gatehouse.net.splice;

import dev.gatehouse.net.splice.SpliceRelay.Side;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.IoEvent;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollIoEvent;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.epoll.EpollIoOps;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.unix.Errors.NativeIoException;
import io.netty.channel.unix.FileDescriptor;
import io.netty.channel.unix.Socket;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/** One socket of a relay: its registration with epoll, and what its peer sends. */
final class SocketEnd implements EpollIoHandle {

  private static final EpollIoOps EDGES =
      EpollIoOps.EPOLLIN
          .with(EpollIoOps.EPOLLOUT)
          .with(EpollIoOps.EPOLLRDHUP)
          .with(EpollIoOps.EPOLLET);

  private final SpliceRelay relay;
  private final Side side;
  private final EpollSocketChannel channel;
  private final KernelConduit conduit;
  private final SplicePump pump;
  private @Nullable IoRegistration registration;

  /** An end whose pump moves bytes to the socket across, unless this side {@code ended} before. */
  SocketEnd(SpliceRelay relay, Side side, Channel from, Pipe pipe, Channel to, boolean ended) {
    this.relay = relay;
    this.side = side;
    channel = (EpollSocketChannel) from;
    conduit = new KernelConduit(socket(channel), pipe, socket((EpollSocketChannel) to));
    pump = new SplicePump(conduit, pipe.bytes(), ended);
  }

  /** Takes the channel out of Netty's hands, which is done when the future is. */
  ChannelFuture detach() {
    PipelineGuard.stand(channel, relay, side);
    return channel.deregister();
  }

  KernelConduit conduit() {
    return conduit;
  }

  SplicePump pump() {
    return pump;
  }

  /** Begins to hear of the detached socket; tells the relay of a failure. */
  boolean watch() {
    Future<IoRegistration> registered = ((IoEventLoop) channel.eventLoop()).register(this);
    if (!registered.isSuccess()) {
      relay.fail(side, registered.cause());
      return false;
    }
    registration = registered.getNow();
    try {
      registration.submit(EDGES);
      return true;
    } catch (UncheckedIOException refused) {
      relay.fail(side, refused);
      return false;
    }
  }

  /** Has the loop report the present state again, behind what is ready on other sockets. */
  void remind() {
    if (registration != null) {
      registration.submit(EDGES);
    }
  }

  /** Hears no more of the socket, which must still be open, and gives up the pipe. */
  void letGo(PipePool pipes) {
    if (registration != null) {
      registration.cancel();
    }
    conduit.release();
    if (pump.holdsBytes()) {
      conduit.pipe().close();
    } else {
      pipes.give(conduit.pipe());
    }
  }

  /** What the kernel holds against the socket. */
  IOException error() {
    try {
      return new NativeIoException("connection", -socket(channel).getSoError(), false);
    } catch (IOException unknown) {
      return unknown;
    }
  }

  @Override
  public FileDescriptor fd() {
    return channel.fd();
  }

  /** An exception would have the loop sleep for a second, and all its connections with it. */
  @Override
  public void handle(IoRegistration registered, IoEvent event) {
    try {
      relay.ready(side, ((EpollIoEvent) event).ops().value());
    } catch (RuntimeException thrown) {
      relay.fail(side, thrown);
    }
  }

  /** The loop shuts down, and closes the channels that it knows: this one is known by us alone. */
  @Override
  public void close() {
    channel.close();
  }

  private static Socket socket(EpollSocketChannel channel) {
    return (Socket) channel.fd();
  }
}
