package dev.gatehouse.net.connect;

import dev.gatehouse.kernel.address.AddressFamily;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.SocketChannel;
import io.netty.util.concurrent.DefaultPromise;
import io.netty.util.concurrent.Future;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One attempt to reach a destination, and the promise of its channel.
 *
 * <p>Everything but {@link #cancel} runs on the loop. Whatever ends the dial first, be it a
 * connection, the last failure, the time or the caller, completes the promise; a connection that
 * comes about later is closed. It is its own listener, since every new connection makes one.
 */
final class Dial extends DefaultPromise<Channel> implements ChannelFutureListener {

  /** How long an address has for itself (RFC 8305 section 5). */
  static final Duration NEXT_ADDRESS = Duration.ofMillis(250);

  private final EventLoop loop;
  private final Destination to;
  private final NameResolver names;
  private final Function<AddressFamily, SocketChannel> channels;

  private List<InetSocketAddress> addresses = List.of();

  /** The connection to each address, null where it has not begun. */
  private @Nullable Channel[] attempts = {};

  private int begun;
  private int undecided;
  private @Nullable Future<?> deadline;
  private @Nullable Future<?> lookup;
  private @Nullable Future<?> next;

  Dial(
      EventLoop loop,
      Destination to,
      NameResolver names,
      Function<AddressFamily, SocketChannel> channels) {
    super(loop);
    this.loop = loop;
    this.to = to;
    this.names = names;
    this.channels = channels;
  }

  void begin(Duration timeout) {
    assert loop.inEventLoop();
    if (isDone()) {
      return;
    }
    deadline = loop.schedule(this::expire, timeout.toNanos(), TimeUnit.NANOSECONDS);
    if (to.addresses().isEmpty()) {
      Future<List<InetAddress>> resolving = names.resolve(loop, to.host());
      lookup = resolving;
      resolving.addListener(_ -> resolved(resolving));
    } else {
      connect(to.addresses());
    }
  }

  /** The outcome of one connect. */
  @Override
  public void operationComplete(ChannelFuture attempt) {
    assert loop.inEventLoop();
    if (isDone()) {
      attempt.channel().close();
    } else if (attempt.isSuccess()) {
      connected(attempt.channel());
    } else {
      failed(attempt.cause());
    }
  }

  @Override
  public boolean cancel(boolean mayInterruptIfRunning) {
    boolean cancelled = super.cancel(mayInterruptIfRunning);
    if (cancelled && loop.inEventLoop()) {
      abandon();
    } else if (cancelled) {
      loop.execute(this::abandon);
    }
    return cancelled;
  }

  private void resolved(Future<List<InetAddress>> resolving) {
    if (isDone()) {
      return;
    }
    if (resolving.isSuccess()) {
      connect(
          resolving.getNow().stream()
              .map(address -> new InetSocketAddress(address, to.port()))
              .toList());
    } else {
      fail(DialFailure.DNS, resolving.cause());
    }
  }

  private void connect(List<InetSocketAddress> addresses) {
    this.addresses = addresses;
    this.attempts = new Channel[addresses.size()];
    connectNext();
  }

  private void connectNext() {
    cancel(next);
    InetSocketAddress address = addresses.get(begun++);
    undecided++;
    if (begun < addresses.size()) {
      next = loop.schedule(this::connectNext, NEXT_ADDRESS.toNanos(), TimeUnit.NANOSECONDS);
    }
    try {
      connect(begun - 1, address);
    } catch (RuntimeException e) { // no descriptor left, an option that this kernel does not know
      failed(e);
    }
  }

  private void connect(int index, InetSocketAddress address) {
    Channel channel = channels.apply(family(address));
    attempts[index] = channel;
    ChannelFuture registered = loop.register(channel);
    if (registered.cause() != null) {
      failed(registered.cause());
      return;
    }
    channel.config().setAutoRead(false).setConnectTimeoutMillis(0);
    ConnectionOptions.relay(channel);
    channel.connect(address).addListener(this);
  }

  private static AddressFamily family(InetSocketAddress address) {
    return address.getAddress() instanceof Inet4Address ? AddressFamily.IPV4 : AddressFamily.IPV6;
  }

  private void connected(Channel channel) {
    endAllBut(channel);
    if (!trySuccess(channel)) { // cancelled on another thread just now
      channel.close();
    }
  }

  private void failed(Throwable cause) {
    undecided--;
    if (begun < addresses.size()) {
      connectNext();
    } else if (undecided == 0) {
      fail(DialFailure.of(cause), cause);
    }
  }

  private void expire() {
    fail(begun == 0 ? DialFailure.DNS : DialFailure.TIMEOUT, null);
  }

  private void fail(DialFailure failure, @Nullable Throwable cause) {
    tryFailure(new DialException(to, failure, cause));
    abandon();
  }

  private void abandon() {
    endAllBut(null);
  }

  private void endAllBut(@Nullable Channel winner) {
    cancel(deadline);
    cancel(lookup);
    cancel(next);
    for (Channel attempt : attempts) {
      if (attempt != null && !attempt.equals(winner)) {
        attempt.close();
      }
    }
  }

  private static void cancel(@Nullable Future<?> future) {
    if (future != null) {
      future.cancel(false);
    }
  }
}
