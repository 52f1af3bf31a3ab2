package dev.gatehouse.proxy.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.kernel.time.Ticker;
import dev.gatehouse.net.connect.Destination;
import dev.gatehouse.net.connect.DialException;
import dev.gatehouse.net.connect.DialFailure;
import dev.gatehouse.net.connect.Dialer;
import dev.gatehouse.net.connect.NameLookup;
import dev.gatehouse.net.connect.NameResolver;
import dev.gatehouse.net.loop.EventLoops;
import dev.gatehouse.net.loop.Transport;
import dev.gatehouse.proxy.route.Balance;
import dev.gatehouse.testkit.Await;
import dev.gatehouse.testkit.LeakGuard;
import dev.gatehouse.testkit.LogGuard;
import dev.gatehouse.testkit.ManualTicker;
import dev.gatehouse.testkit.SilentPort;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

@ExtendWith(LeakGuard.class)
class UpstreamDialerTest {

  private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");
  private static final Duration LONG = Duration.ofSeconds(30);

  @RegisterExtension final LogGuard logs = new LogGuard();

  private final ManualTicker ticker = new ManualTicker();
  private final EventLoops loops = new EventLoops(Transport.AUTO);
  private final NameResolver names = new NameResolver(NameLookup.system(), Ticker.system());
  private final UpstreamDialer dialer = new UpstreamDialer(new Dialer(loops, names), ticker);
  private final Recorder events = new Recorder();
  private ServerSocket server;
  private EventLoop loop;

  @BeforeEach
  void start() throws IOException {
    loops.start();
    loop = loops.group().next();
    server = new ServerSocket(0, 16, LOOPBACK);
  }

  @AfterEach
  void close() throws IOException {
    server.close();
    names.close();
    loops.close();
  }

  @Test
  void completesOnTheLoopWithTheBackendThatTookTheConnection() throws Exception {
    BackendGroup group = group(server.getLocalPort());
    CompletableFuture<Boolean> onLoop = new CompletableFuture<>();
    Future<Connected> dial = dialer.dial(loop, group, LONG, events);
    dial.addListener(_ -> onLoop.complete(loop.inEventLoop()));
    Connected connected = dial.get(10, TimeUnit.SECONDS);
    assertThat(onLoop.get(10, TimeUnit.SECONDS)).isTrue();
    assertThat(connected.backend()).isSameAs(group.backend(0));
    assertThat(connected.channel().eventLoop()).isSameAs(loop);
    assertThat(events.told).containsExactly("connected 0");
    connected.channel().close().sync();
  }

  @Test
  void countsAConnectionUntilItCloses() throws Exception {
    BackendGroup group = group(server.getLocalPort());
    Connected connected = dialer.dial(loop, group, LONG, events).get(10, TimeUnit.SECONDS);
    assertThat(group.backend(0).open()).isEqualTo(1);
    connected.channel().close().sync();
    Await.until("not counted", () -> group.backend(0).open() == 0);
  }

  @Test
  void theNextBackendIsAskedWhenOneFails() throws Exception {
    logs.expect("dial_failed");
    BackendGroup group = group(closedPort(), server.getLocalPort());
    Connected connected = dialer.dial(loop, group, LONG, events).get(10, TimeUnit.SECONDS);
    assertThat(connected.backend()).isSameAs(group.backend(1));
    assertThat(events.told).containsExactly("refused 0", "connected 1");
    assertThat(group.backend(0).isUp(ticker.nanos())).isFalse();
    connected.channel().close().sync();
  }

  @Test
  void aBackendThatIsDownIsNotAskedAgainBeforeItsTime() throws Exception {
    logs.expect("dial_failed");
    BackendGroup group = group(closedPort(), server.getLocalPort());
    for (int i = 0; i < 3; i++) {
      close(dialer.dial(loop, group, LONG, events));
    }
    ticker.advance(Duration.ofSeconds(1));
    close(dialer.dial(loop, group, LONG, events));
    assertThat(events.told)
        .containsExactly(
            "refused 0", "connected 1", "connected 1", "connected 1", "refused 0", "connected 1");
  }

  @Test
  void asksNoMoreThanThreeBackends() throws Exception {
    logs.expect("dial_failed");
    BackendGroup group = group(closedPort(), closedPort(), closedPort(), server.getLocalPort());
    assertFailed(dialer.dial(loop, group, LONG, events), DialFailure.REFUSED);
    assertThat(events.told).containsExactly("refused 0", "refused 1", "refused 2");
    assertThat(logs.events("dial_failed")).hasSize(1);
  }

  @Test
  void aLoneBackendIsAskedThoughItIsDown() throws Exception {
    logs.expect("dial_failed");
    BackendGroup group = group(server.getLocalPort());
    group.backend(0).dialFailed(ticker.nanos());
    group.log().failed(group.backend(0), DialFailure.REFUSED, ticker.nanos());
    close(dialer.dial(loop, group, LONG, events));
    assertThat(group.backend(0).isUp(ticker.nanos())).isTrue();
  }

  @Test
  void eachBackendHasTheWholeTimeout() throws Exception {
    logs.expect("dial_failed");
    try (SilentPort silent = new SilentPort(LOOPBACK, 0)) {
      BackendGroup group = group(silent.port(), server.getLocalPort());
      close(dialer.dial(loop, group, Duration.ofMillis(200), events));
      assertThat(events.told).containsExactly("timeout 0", "connected 1");
    }
  }

  @Test
  void cancellingIsNobodysFailure() throws Exception {
    try (SilentPort silent = new SilentPort(LOOPBACK, 0)) {
      BackendGroup group = group(silent.port(), server.getLocalPort());
      Future<Connected> dial = dialer.dial(loop, group, LONG, events);
      loop.submit(() -> {}).get(10, TimeUnit.SECONDS);
      assertThat(dial.cancel(false)).isTrue();
      loop.submit(() -> {}).get(10, TimeUnit.SECONDS);
      assertThat(events.told).isEmpty();
      assertThat(group.backend(0).isUp(ticker.nanos())).isTrue();
    }
  }

  /** Whoever wins the race, no connection is left and none is counted. */
  @Test
  void cancellingAtAnyTimeLeavesNoConnectionBehind() throws Exception {
    BackendGroup group = group(server.getLocalPort());
    for (int i = 0; i < 200; i++) {
      Future<Connected> dial = dialer.dial(loop, group, LONG, events);
      if (i % 2 == 0) {
        loop.submit(() -> {}).get(10, TimeUnit.SECONDS);
      }
      if (!dial.cancel(false)) {
        dial.getNow().channel().close();
      }
      acceptAll();
    }
    loop.submit(() -> {}).get(10, TimeUnit.SECONDS);
    Await.until("none counted", () -> group.backend(0).open() == 0);
  }

  /** Takes what has come and sees it end. */
  private void acceptAll() throws IOException {
    server.setSoTimeout(1);
    try {
      while (true) {
        try (Socket client = server.accept()) {
          client.setSoTimeout((int) Await.PATIENCE.toMillis());
          assertThat(client.getInputStream().read()).isEqualTo(-1);
        }
      }
    } catch (java.net.SocketTimeoutException none) {
      assertThat(server.isClosed()).isFalse();
    }
  }

  private BackendGroup group(int... ports) {
    List<Destination> destinations =
        Arrays.stream(ports)
            .mapToObj(port -> Destination.parse("127.0.0.1:" + port).orElseThrow())
            .toList();
    BackendGroup group = BackendGroup.of(destinations, Balance.ROUND_ROBIN);
    events.backends = group.backends();
    return group;
  }

  private static int closedPort() throws IOException {
    try (ServerSocket closed = new ServerSocket(0, 1, LOOPBACK)) {
      return closed.getLocalPort();
    }
  }

  private static void close(Future<Connected> dial) throws Exception {
    dial.get(10, TimeUnit.SECONDS).channel().close().sync();
  }

  private static void assertFailed(Future<Connected> dial, DialFailure expected)
      throws InterruptedException {
    assertThat(dial.await(10, TimeUnit.SECONDS)).isTrue();
    assertThat(dial.cause())
        .isInstanceOfSatisfying(
            DialException.class, failed -> assertThat(failed.failure()).isEqualTo(expected));
  }

  /** What happened to which backend. */
  private static final class Recorder implements DialEvents {

    private final List<String> told = new CopyOnWriteArrayList<>();
    private volatile List<Backend> backends = List.of();

    @Override
    public void connected(Backend backend, long nanos) {
      told.add("connected " + backends.indexOf(backend));
    }

    @Override
    public void failed(Backend backend, DialFailure failure) {
      told.add(failure.label() + " " + backends.indexOf(backend));
    }
  }
}
