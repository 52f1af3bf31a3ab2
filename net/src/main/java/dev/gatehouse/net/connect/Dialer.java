package dev.gatehouse.net.connect;

import dev.gatehouse.kernel.address.AddressFamily;
import dev.gatehouse.net.loop.EventLoops;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.SocketChannel;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.Supplier;

/** Makes connections to where the configuration says. */
public final class Dialer {

  private final Supplier<Function<AddressFamily, SocketChannel>> channels;
  private final NameResolver names;

  public Dialer(EventLoops loops, NameResolver names) {
    this(loops::clientChannels, names);
  }

  Dialer(Supplier<Function<AddressFamily, SocketChannel>> channels, NameResolver names) {
    this.channels = channels;
    this.names = names;
  }

  /**
   * Connects on a loop.
   *
   * <p>The addresses of a name are tried in their order: the next one a quarter of a second after
   * the one before it began, or at once when that one has failed. The first that connects wins.
   *
   * @param timeout for everything, the lookup of a name included
   * @return completes on the loop, with a connected channel that does not read until it is told to,
   *     or with a {@link DialException}; cancelled, it leaves no connection behind
   */
  public Future<Channel> dial(EventLoop loop, Destination to, Duration timeout) {
    Dial dial = new Dial(loop, to, names, channels.get());
    if (loop.inEventLoop()) {
      dial.begin(timeout);
    } else {
      loop.execute(() -> dial.begin(timeout));
    }
    return dial;
  }
}
