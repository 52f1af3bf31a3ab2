package dev.gatehouse.proxy.upstream;

import dev.gatehouse.kernel.time.Ticker;
import dev.gatehouse.net.connect.Dialer;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.Optional;

/** Dials the backends of a group until one takes the connection. */
public final class UpstreamDialer {

  private final Dialer dialer;
  private final Ticker ticker;

  public UpstreamDialer(Dialer dialer, Ticker ticker) {
    this.dialer = dialer;
    this.ticker = ticker;
  }

  /** Connections that are there already and can take one more user. */
  public interface Spare {

    /** There is none. */
    Spare NONE = _ -> Optional.empty();

    /** One to that backend; asked on the loop of the dial. */
    Optional<Connected> to(Backend backend);
  }

  /** As the other, where nothing is spare. */
  public Future<Connected> dial(
      EventLoop loop, BackendGroup group, Duration connectTimeout, DialEvents events) {
    return dial(loop, group, connectTimeout, events, Spare.NONE);
  }

  /**
   * Asks at most three different backends, one after the other.
   *
   * @param connectTimeout for each of them
   * @param spare asked first for each of them
   * @return completes on the loop, with a connection or with the {@link
   *     dev.gatehouse.net.connect.DialException} of the backend that was asked last; cancelled, it
   *     leaves no connection behind
   */
  public Future<Connected> dial(
      EventLoop loop, BackendGroup group, Duration connectTimeout, DialEvents events, Spare spare) {
    UpstreamDial dial =
        new UpstreamDial(loop, group, connectTimeout, events, dialer, ticker, spare);
    if (loop.inEventLoop()) {
      dial.begin();
    } else {
      loop.execute(dial::begin);
    }
    return dial;
  }
}
