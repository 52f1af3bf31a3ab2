package dev.gatehouse.net.connect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.kernel.address.AddressFamily;
import dev.gatehouse.kernel.time.Ticker;
import dev.gatehouse.net.loop.EventLoops;
import dev.gatehouse.net.loop.Transport;
import dev.gatehouse.testkit.Await;
import dev.gatehouse.testkit.LeakGuard;
import dev.gatehouse.testkit.LogGuard;
import dev.gatehouse.testkit.SilentPort;
import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.EventLoop;
import io.netty.channel.epoll.EpollSocketChannelConfig;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.SocketChannelConfig;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ExtendWith(LeakGuard.class)
@ParameterizedClass
@EnumSource(
    value = Transport.class,
    names = {"AUTO", "NIO"})
class DialerTest {

  private static final Duration LONG = Duration.ofSeconds(30);
  private static final InetAddress FIRST = CachedNameTest.address(1);
  private static final InetAddress SIX = InetAddress.ofLiteral("::1");
  private static final InetAddress SECOND = CachedNameTest.address(2);

  @RegisterExtension final LogGuard logs = new LogGuard();

  @Parameter Transport transport = Transport.AUTO;

  private final ScriptedNames world = new ScriptedNames();
  private final NameResolver names = new NameResolver(world, Ticker.system());
  private final List<SocketChannel> opened = new CopyOnWriteArrayList<>();
  private EventLoops loops;
  private EventLoop loop;
  private Dialer dialer;
  private ServerSocket server;

  @BeforeEach
  void start() throws IOException {
    loops = new EventLoops(transport);
    loops.start();
    loop = loops.group().next();
    dialer = new Dialer(() -> this::open, names);
    server = new ServerSocket(0, 16, FIRST);
  }

  @AfterEach
  void close() throws IOException {
    server.close();
    world.release();
    names.close();
    loops.close();
  }

  @Test
  void connectsToALiteralOnItsLoop() throws Exception {
    CompletableFuture<Boolean> onLoop = new CompletableFuture<>();
    Future<Channel> dial = dialer.dial(loop, literal("127.0.0.1"), LONG);
    dial.addListener(_ -> onLoop.complete(loop.inEventLoop()));
    Channel channel = connected(dial);
    assertThat(onLoop.get(10, TimeUnit.SECONDS)).isTrue();
    assertThat(channel.eventLoop()).isSameAs(loop);
    assertThat(channel.isActive()).isTrue();
    assertThat(channel.config().isAutoRead()).isFalse();
    assertThat(world.lookups()).isZero();
    close(channel);
  }

  @Test
  void setsItsSocketsForARelayAndLooksForLostPeersWhenAsked() throws Exception {
    Channel channel = connected(dialer.dial(loop, literal("127.0.0.1"), LONG));
    SocketChannelConfig config = (SocketChannelConfig) channel.config();
    assertThat(config.isTcpNoDelay()).isTrue();
    assertThat(config.isAllowHalfClosure()).isTrue();
    assertThat(config.isKeepAlive()).isFalse();
    ConnectionOptions.keepAlive(channel);
    assertThat(config.isKeepAlive()).isTrue();
    if (config instanceof EpollSocketChannelConfig epoll) {
      assertThat(epoll.getTcpKeepIdle()).isEqualTo(60);
      assertThat(epoll.getTcpKeepIntvl()).isEqualTo(15);
      assertThat(epoll.getTcpUserTimeout()).isEqualTo(60_000);
    }
    close(channel);
    ConnectionOptions.keepAlive(channel);
  }

  @Test
  void connectsOverIpv6() throws Exception {
    try (ServerSocket six = new ServerSocket(0, 16, SIX)) {
      Channel channel = connected(dialer.dial(loop, to("[::1]", six.getLocalPort()), LONG));
      assertThat(channel.remoteAddress()).isEqualTo(six.getLocalSocketAddress());
      close(channel);
    }
  }

  @Test
  void aClosedPortIsRefused() throws Exception {
    Destination closed = literal("127.0.0.1");
    server.close();
    Future<Channel> dial = dialer.dial(loop, closed, LONG);
    assertFailed(dial, DialFailure.REFUSED);
    assertThat(dial.cause()).hasMessage(closed + ": refused");
  }

  @Test
  void aPeerThatDoesNotAnswerCostsTheTimeout() throws Exception {
    try (SilentPort silent = new SilentPort(FIRST, 0)) {
      assertFailed(
          dialer.dial(loop, to("127.0.0.1", silent.port()), Duration.ofMillis(50)),
          DialFailure.TIMEOUT);
    }
    assertNothingIsOpen();
  }

  @Test
  void aNameThatNobodyKnowsIsADnsFailure() throws Exception {
    assertFailed(dialer.dial(loop, to("git.internal", 443), LONG), DialFailure.DNS);
  }

  @Test
  void aNameServerThatDoesNotAnswerIsADnsFailureToo() throws Exception {
    world.hang("git.internal");
    assertFailed(
        dialer.dial(loop, to("git.internal", 443), Duration.ofMillis(50)), DialFailure.DNS);
  }

  @Test
  void theNextAddressIsTriedAtOnceWhenOneIsRefused() throws Exception {
    world.answer("git.internal", List.of(SECOND, FIRST));
    Channel channel = connected(dialer.dial(loop, literal("git.internal"), LONG));
    assertThat(channel.remoteAddress()).isEqualTo(server.getLocalSocketAddress());
    close(channel);
  }

  @Test
  void theNextAddressDoesNotWaitForASilentOne() throws Exception {
    try (SilentPort _ = new SilentPort(SECOND, server.getLocalPort())) {
      world.answer("git.internal", List.of(SECOND, FIRST));
      Channel channel = connected(dialer.dial(loop, literal("git.internal"), LONG));
      assertThat(channel.remoteAddress()).isEqualTo(server.getLocalSocketAddress());
      close(channel);
    }
    assertNothingIsOpen();
  }

  @Test
  void theLastFailureOfAllAddressesIsTold() throws Exception {
    Destination closed = literal("git.internal");
    server.close();
    world.answer("git.internal", List.of(SECOND, FIRST));
    assertFailed(dialer.dial(loop, closed, LONG), DialFailure.REFUSED);
  }

  @Test
  void allAddressesTogetherHaveOneTimeout() throws Exception {
    try (SilentPort silent = new SilentPort(FIRST, 0);
        SilentPort _ = new SilentPort(SECOND, silent.port())) {
      world.answer("git.internal", List.of(SECOND, FIRST));
      assertFailed(
          dialer.dial(loop, to("git.internal", silent.port()), Dial.NEXT_ADDRESS.plusMillis(50)),
          DialFailure.TIMEOUT);
    }
    assertNothingIsOpen();
  }

  @Test
  void cancellingLeavesNoConnectionBehind() throws Exception {
    try (SilentPort silent = new SilentPort(FIRST, 0)) {
      Future<Channel> dial = dialer.dial(loop, to("127.0.0.1", silent.port()), LONG);
      assertNothingRunsBeforeThis();
      assertThat(dial.cancel(false)).isTrue();
      assertNothingIsOpen();
    }
  }

  @Test
  void cancellingBeforeTheLoopHasBegunIsEnough() throws Exception {
    CompletableFuture<Void> busy = new CompletableFuture<>();
    loop.execute(busy::join);
    Future<Channel> dial = dialer.dial(loop, literal("127.0.0.1"), LONG);
    assertThat(dial.cancel(false)).isTrue();
    busy.complete(null);
    assertNothingRunsBeforeThis();
    assertThat(opened).isEmpty();
  }

  @Test
  void cancellingEndsTheWaitForAName() throws Exception {
    world.hang("git.internal");
    world.answer("git.internal", List.of(FIRST));
    Future<Channel> dial = dialer.dial(loop, literal("git.internal"), LONG);
    assertNothingRunsBeforeThis();
    assertThat(dial.cancel(false)).isTrue();
    world.release();
    assertThat(connected(dialer.dial(loop, literal("git.internal"), LONG)).close().sync().isDone())
        .isTrue();
    assertThat(opened).hasSize(1);
  }

  /** Whoever loses the race between a connect and a cancel, the peer sees the end of it. */
  @Test
  void aConnectionThatComesTooLateIsClosed() throws Exception {
    for (int i = 0; i < 200; i++) {
      Future<Channel> dial = dialer.dial(loop, literal("127.0.0.1"), LONG);
      if (i % 2 == 0) {
        assertNothingRunsBeforeThis();
      }
      if (!dial.cancel(false)) {
        dial.getNow().close().sync();
      }
    }
    assertNothingIsOpen();
  }

  @Test
  void aLoopWithoutDescriptorsIsNoFailureOfThePeer() throws Exception {
    Dialer poor =
        new Dialer(
            () ->
                family -> {
                  throw new ChannelException(new IOException("Too many open files"));
                },
            names);
    assertFailed(poor.dial(loop, literal("127.0.0.1"), LONG), DialFailure.FD_LIMIT);
  }

  private Destination literal(String host) {
    return to(host, server.getLocalPort());
  }

  private static Destination to(String host, int port) {
    return Destination.parse(host + ":" + port).orElseThrow();
  }

  private static Channel connected(Future<Channel> dial) throws Exception {
    return dial.get(10, TimeUnit.SECONDS);
  }

  private static void close(Channel channel) throws InterruptedException {
    channel.close().sync();
  }

  private static void assertFailed(Future<Channel> dial, DialFailure expected)
      throws InterruptedException {
    assertThat(dial.await(10, TimeUnit.SECONDS)).isTrue();
    assertThat(dial.cause())
        .isInstanceOfSatisfying(
            DialException.class, failed -> assertThat(failed.failure()).isEqualTo(expected));
  }

  private void assertNothingRunsBeforeThis() throws Exception {
    loop.submit(() -> {}).get(10, TimeUnit.SECONDS);
  }

  private void assertNothingIsOpen() throws Exception {
    Await.until("every channel to close", () -> opened.stream().noneMatch(Channel::isOpen));
  }

  private SocketChannel open(AddressFamily family) {
    SocketChannel channel = loops.clientChannels().apply(family);
    opened.add(channel);
    return channel;
  }
}
