package dev.gatehouse.proxy.upstream;

import dev.gatehouse.kernel.time.Ticker;
import dev.gatehouse.net.connect.Destination;
import dev.gatehouse.net.connect.Dialer;
import dev.gatehouse.net.connect.NameResolver;
import dev.gatehouse.net.loop.EventLoops;
import dev.gatehouse.net.loop.Transport;
import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.Semaphore;

/** Dials backends whose names nobody ever resolves; one thread waits for that in all tests. */
public final class UnansweredDialer {

  private static final EventLoops LOOPS = started();
  private static final NameResolver NAMES =
      new NameResolver(UnansweredDialer::never, Ticker.system());

  private UnansweredDialer() {}

  public static UpstreamDialer with(Ticker ticker) {
    return new UpstreamDialer(new Dialer(LOOPS, NAMES), ticker);
  }

  /** Backends that are never reached. */
  public static List<Destination> destinations(String... names) {
    return List.of(names).stream()
        .map(name -> Destination.parse(name + ".test:80").orElseThrow())
        .toList();
  }

  private static EventLoops started() {
    EventLoops loops = new EventLoops(Transport.NIO);
    loops.start();
    return loops;
  }

  private static List<InetAddress> never(String name) {
    new Semaphore(0).acquireUninterruptibly();
    return List.of();
  }
}
