package dev.gatehouse.net.loop;

import dev.gatehouse.kernel.address.AddressFamily;
import dev.gatehouse.kernel.lifecycle.Part;
import io.netty.channel.ChannelFactory;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.util.concurrent.FastThreadLocalThread;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The event loops of the process, and the kinds of channel that can live on them. */
public final class EventLoops implements Part {

  private static final Logger log = LoggerFactory.getLogger(EventLoops.class);

  /** How long the loops may take to end; connections have been closed by then. */
  private static final long CLOSE_SECONDS = 5;

  private final Transport wanted;
  private final int threads;
  private final Engine epoll;
  private @Nullable Engine engine;
  private @Nullable EventLoopGroup group;

  /** One loop for each core. */
  public EventLoops(Transport wanted) {
    this(wanted, Runtime.getRuntime().availableProcessors(), Engine.EPOLL);
  }

  EventLoops(Transport wanted, int threads, Engine epoll) {
    this.wanted = wanted;
    this.threads = threads;
    this.epoll = epoll;
  }

  @Override
  public String name() {
    return "event loops";
  }

  /**
   * Starts the threads.
   *
   * @throws IllegalStateException if a transport was asked for by name and does not work here
   */
  @Override
  public void start() {
    Engine chosen = choose();
    engine = chosen;
    group = new MultiThreadIoEventLoopGroup(threads, named(), chosen.loops().get());
    log.atInfo()
        .setMessage("event_loops_started")
        .addKeyValue("transport", chosen.transport().label())
        .addKeyValue("threads", threads)
        .log();
  }

  /** The loops; a connection lives on one of them. */
  public EventLoopGroup group() {
    return started(group);
  }

  /** The transport in use, never {@link Transport#AUTO}. */
  public Transport transport() {
    return started(engine).transport();
  }

  /** Makes listening sockets; one of IPv6 takes both families at the wildcard address. */
  public ChannelFactory<ServerSocketChannel> serverChannels(AddressFamily family) {
    Engine chosen = started(engine);
    return () -> chosen.server().apply(family);
  }

  /** Makes sockets that connect to addresses of one family. */
  public Function<AddressFamily, SocketChannel> clientChannels() {
    return started(engine).client();
  }

  @Override
  public void close() {
    EventLoopGroup running = group;
    if (running != null) {
      running.shutdownGracefully(0, CLOSE_SECONDS, TimeUnit.SECONDS);
      running.terminationFuture().awaitUninterruptibly(CLOSE_SECONDS, TimeUnit.SECONDS);
    }
  }

  private Engine choose() {
    return switch (wanted) {
      case AUTO -> epollOrNio();
      case EPOLL -> demanded(epoll);
      case IO_URING -> demanded(Engine.IO_URING);
      case NIO -> Engine.NIO;
    };
  }

  private Engine epollOrNio() {
    Throwable unavailability = epoll.unavailability().get();
    if (unavailability == null) {
      return epoll;
    }
    log.atInfo()
        .setMessage("transport_fallback")
        .addKeyValue("from", epoll.transport().label())
        .addKeyValue("to", Engine.NIO.transport().label())
        .addKeyValue("reason", reason(unavailability))
        .log();
    return Engine.NIO;
  }

  private static Engine demanded(Engine engine) {
    Throwable unavailability = engine.unavailability().get();
    if (unavailability != null) {
      throw new IllegalStateException(
          "transport: "
              + engine.transport().label()
              + " (expected: one that works here, or auto): "
              + reason(unavailability),
          unavailability);
    }
    return engine;
  }

  /** The innermost cause: the outer ones only say that a class or library did not load. */
  private static String reason(Throwable unavailability) {
    Throwable cause = unavailability;
    for (Throwable next = cause; next != null; next = next.getCause()) {
      cause = next;
    }
    return String.valueOf(cause.getMessage());
  }

  private static ThreadFactory named() {
    AtomicInteger number = new AtomicInteger();
    return task -> new FastThreadLocalThread(task, "loop-" + number.getAndIncrement());
  }

  private static <T> T started(@Nullable T value) {
    if (value == null) {
      throw new IllegalStateException("event loops: not started");
    }
    return value;
  }
}
