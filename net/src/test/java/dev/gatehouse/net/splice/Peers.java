package dev.gatehouse.net.splice;

import dev.gatehouse.net.splice.SpliceRelay.Observer;
import dev.gatehouse.net.splice.SpliceRelay.Side;
import dev.gatehouse.testkit.Await;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.epoll.EpollSocketChannel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * Two blocking sockets of the test, and between them the two channels that a relay joins. The owner
 * closes both channels when the relay finished, and resets them when it failed.
 */
final class Peers implements AutoCloseable, Observer {

  private final EventLoop loop;
  private final List<String> events = new CopyOnWriteArrayList<>();
  private final ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
  final Channel clientLeg;
  final Channel backendLeg;
  final Socket client;
  final Socket backend;
  private volatile @Nullable SpliceRelay relay;

  /**
   * Connects everything; nothing is read.
   *
   * @param buffers of the sockets that receive, and of the legs that send to them; 0 leaves it to
   *     the kernel
   */
  Peers(EventLoop loop, int buffers) throws Exception {
    this.loop = loop;
    if (buffers > 0) {
      listener.setReceiveBufferSize(buffers);
    }
    clientLeg = connect(buffers);
    client = accept();
    backendLeg = connect(buffers);
    backend = accept();
    listener.close();
  }

  private Channel connect(int buffers) throws InterruptedException {
    Channel leg =
        new Bootstrap()
            .group(loop)
            .channel(EpollSocketChannel.class)
            .option(ChannelOption.AUTO_READ, false)
            .option(ChannelOption.ALLOW_HALF_CLOSURE, true)
            .option(ChannelOption.TCP_NODELAY, true)
            .handler(new ChannelInboundHandlerAdapter())
            .connect(listener.getLocalSocketAddress())
            .sync()
            .channel();
    if (buffers > 0) {
      leg.config().setOption(ChannelOption.SO_SNDBUF, buffers);
    }
    return leg;
  }

  private Socket accept() throws IOException {
    Socket socket = listener.accept();
    socket.setTcpNoDelay(true);
    socket.setSoTimeout((int) Await.PATIENCE.toMillis());
    return socket;
  }

  /** Joins both channels and waits until that is done. */
  Peers join(PipePool pipes) throws Exception {
    onLoop(() -> begin(pipes, Set.of()));
    awaitEvent("joined");
    return this;
  }

  /** Begins to join, on the loop. */
  SpliceRelay begin(PipePool pipes, Set<Side> ended) {
    return switch (SpliceRelay.join(clientLeg, backendLeg, ended, pipes, this)) {
      case Join.Begun(SpliceRelay begun) -> {
        relay = begun;
        yield begun;
      }
      case Join.Refused(Shortage shortage) -> throw new AssertionError(shortage);
    };
  }

  SpliceRelay relay() {
    return Objects.requireNonNull(relay);
  }

  Socket peer(Side side) {
    return side == Side.CLIENT ? client : backend;
  }

  Channel leg(Side side) {
    return side == Side.CLIENT ? clientLeg : backendLeg;
  }

  <T> T onLoop(Callable<T> task) throws Exception {
    return loop.submit(task).get();
  }

  long received(Side side) throws Exception {
    return onLoop(() -> relay().received(side));
  }

  List<String> events() {
    return List.copyOf(events);
  }

  void awaitEvent(String event) throws Exception {
    Await.until(event + " after " + events, () -> events.contains(event));
  }

  void awaitClosed() throws Exception {
    Await.until("legs closed", () -> !clientLeg.isOpen() && !backendLeg.isOpen());
  }

  @Override
  public void joined() {
    events.add("joined");
  }

  @Override
  public void halfClosed(Side from) {
    events.add("ended " + from);
  }

  @Override
  public void finished() {
    events.add("finished");
    clientLeg.close();
    backendLeg.close();
  }

  @Override
  public void failed(Side culprit, Throwable cause) {
    events.add("failed " + culprit);
    reset(clientLeg);
    reset(backendLeg);
  }

  private static void reset(Channel leg) {
    if (leg.isOpen()) {
      leg.config().setOption(ChannelOption.SO_LINGER, 0);
      leg.close();
    }
  }

  /** Sends a reset instead of an end. */
  static void reset(Socket peer) throws IOException {
    peer.setSoLinger(true, 0);
    peer.close();
  }

  @Override
  public void close() throws IOException {
    clientLeg.close().syncUninterruptibly();
    backendLeg.close().syncUninterruptibly();
    client.close();
    backend.close();
  }
}
