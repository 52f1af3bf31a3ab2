package dev.gatehouse.proxy.upstream.pool;

import static dev.gatehouse.proxy.http.Messages.http2Request;
import static dev.gatehouse.proxy.http.Messages.request;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.kernel.address.IpAddress;
import dev.gatehouse.kernel.metric.EventCounters;
import dev.gatehouse.kernel.time.Ticker;
import dev.gatehouse.net.connect.Destination;
import dev.gatehouse.net.connect.Dialer;
import dev.gatehouse.net.connect.NameLookup;
import dev.gatehouse.net.connect.NameResolver;
import dev.gatehouse.net.loop.EventLoops;
import dev.gatehouse.net.loop.Transport;
import dev.gatehouse.net.tls.ServerContext;
import dev.gatehouse.net.tls.client.ClientContexts;
import dev.gatehouse.net.tls.client.Trust;
import dev.gatehouse.proxy.config.PoolSettings;
import dev.gatehouse.proxy.http.Request;
import dev.gatehouse.proxy.http.forward.BackendRequest;
import dev.gatehouse.proxy.http.forward.Forwarding;
import dev.gatehouse.proxy.route.BackendProtocol;
import dev.gatehouse.proxy.route.Balance;
import dev.gatehouse.proxy.route.RouteMode;
import dev.gatehouse.proxy.route.RouteName;
import dev.gatehouse.proxy.sweep.LoopSweep;
import dev.gatehouse.proxy.traffic.Traffic;
import dev.gatehouse.proxy.upstream.BackendGroup;
import dev.gatehouse.proxy.upstream.UpstreamDialer;
import dev.gatehouse.proxy.upstream.http.BackendFailure;
import dev.gatehouse.proxy.upstream.http.RecordedEvents;
import dev.gatehouse.testkit.Await;
import dev.gatehouse.testkit.LeakGuard;
import dev.gatehouse.testkit.LogGuard;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/** With true sockets on loopback. */
@ExtendWith(LeakGuard.class)
class BackendPoolTest {

  private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");
  private static final Request GET = request("GET·/·HTTP/1.1$Host:·a.example$$");
  private static final UpstreamTls UNVERIFIED =
      new UpstreamTls(new Trust(false, Optional.empty()), "");

  @RegisterExtension final LogGuard logs = new LogGuard();

  private final EventCounters counters = new EventCounters();
  private final EventLoops loops = new EventLoops(Transport.NIO);
  private final NameResolver names = new NameResolver(NameLookup.system(), Ticker.system());
  private final Dialer dialer = new Dialer(loops, names);
  private final ClientContexts contexts = new ClientContexts(ServerContext.Engine.JDK);
  private final BackendPool pool =
      new BackendPool(
          new UpstreamDialer(dialer, Ticker.system()),
          contexts,
          new LoopSweep(Ticker.system(), Duration.ofSeconds(60)),
          Ticker.system(),
          new PoolSettings(Duration.ofSeconds(30), 4, 0),
          Duration.ofSeconds(5));
  private final List<Socket> accepted = new ArrayList<>();
  private EventLoop loop;
  private ServerSocket clients;
  private ServerSocket server;

  @BeforeEach
  void start() throws IOException {
    loops.start();
    loop = loops.group().next();
    clients = new ServerSocket(0, 16, LOOPBACK);
    server = new ServerSocket(0, 16, LOOPBACK);
    server.setSoTimeout((int) Await.PATIENCE.toMillis());
  }

  @AfterEach
  void close() throws IOException {
    pool.close();
    clients.close();
    server.close();
    for (Socket socket : accepted) {
      socket.close();
    }
    names.close();
    loops.close();
  }

  private static Destination at(ServerSocket socket) {
    return Destination.parse("127.0.0.1:" + socket.getLocalPort()).orElseThrow();
  }

  /** A client's connection, on the loop. */
  private Channel client() throws Exception {
    return dialer.dial(loop, at(clients), Duration.ofSeconds(5)).get(10, TimeUnit.SECONDS);
  }

  private Upstream upstream(BackendProtocol protocol, Optional<UpstreamTls> tls) {
    return new Upstream(
        BackendGroup.of(List.of(at(server)), Balance.ROUND_ROBIN),
        protocol,
        tls,
        Optional.empty(),
        new Traffic("front", RouteName.parse("a.example").orElseThrow(), RouteMode.L7, counters),
        new PoolCounters("front", "a.example", counters));
  }

  private Upstream plain() {
    return upstream(BackendProtocol.H1, Optional.empty());
  }

  private RecordedEvents open(Upstream upstream, Request request, Channel client) throws Exception {
    RecordedEvents events = new RecordedEvents();
    Asking asking = PoolWorld.asking(upstream, request, client);
    onLoop(() -> pool.open(asking, false, events));
    Await.until("an answer of the pool", () -> onLoop(() -> !events.told.isEmpty()));
    return events;
  }

  private <T> T onLoop(Callable<T> task) throws Exception {
    return loop.submit(task).get(10, TimeUnit.SECONDS);
  }

  private Socket accept() throws IOException {
    Socket socket = server.accept();
    socket.setSoTimeout((int) Await.PATIENCE.toMillis());
    accepted.add(socket);
    return socket;
  }

  /** Asks, and answers at the other end; the other end. */
  private void exchange(RecordedEvents events, Socket socket) throws Exception {
    onLoop(
        () -> {
          Forwarding forwarding = new Forwarding(GET.fields(), IpAddress.ANY_IPV4, "id", 0, 0);
          events.stream.orElseThrow().begin(new BackendRequest(GET, forwarding), true);
          events.stream.orElseThrow().flush();
          return true;
        });
    assertThat(new String(socket.getInputStream().readNBytes(16), ISO_8859_1))
        .isEqualTo("GET / HTTP/1.1\r\n");
    socket.getInputStream().readNBytes("Host: a.example\r\n\r\n".length());
    socket.getOutputStream().write("HTTP/1.1 204 x\r\n\r\n".getBytes(ISO_8859_1));
    Await.until("a response", () -> onLoop(() -> events.told.size() == 2));
    assertThat(events.told).containsExactly("opened", "response 204 ended");
  }

  @Test
  void aConnectionServesOneRequestAfterTheOther() throws Exception {
    Upstream upstream = plain();
    Channel client = client();
    RecordedEvents first = open(upstream, GET, client);
    Socket socket = accept();
    exchange(first, socket);
    RecordedEvents second = open(upstream, GET, client());
    assertThat(second.stream.orElseThrow().isReused()).isTrue();
    exchange(second, socket);
  }

  @Test
  void thoseOfAnotherRouteAreNotShared() throws Exception {
    exchange(open(plain(), GET, client()), accept());
    RecordedEvents other = open(plain(), GET, client());
    assertThat(other.stream.orElseThrow().isReused()).isFalse();
    exchange(other, accept());
  }

  @Test
  void aBackendThatRefusesIsTold() throws Exception {
    logs.expect("dial_failed");
    Upstream upstream = plain();
    server.close();
    assertThat(open(upstream, GET, client()).told).containsExactly("dial_refused");
  }

  @Test
  void withoutItsCertificatesNoTlsIsSpoken() throws Exception {
    Upstream upstream = upstream(BackendProtocol.AUTO, Optional.of(UNVERIFIED));
    assertThat(open(upstream, GET, client()).told).containsExactly("dial_certificate");
    assertThat(accept().getInputStream().read()).isEqualTo(-1);
  }

  @Test
  void aBackendThatSpeaksNoTlsIsTold() throws Exception {
    Upstream.prepare(UNVERIFIED, contexts);
    Upstream upstream = upstream(BackendProtocol.AUTO, Optional.of(UNVERIFIED));
    RecordedEvents events = new RecordedEvents();
    Asking asking = PoolWorld.asking(upstream, GET, client());
    onLoop(() -> pool.open(asking, false, events));
    Socket socket = accept();
    socket.getOutputStream().write("HTTP/1.1 400 x\r\n\r\n".getBytes(ISO_8859_1));
    Await.until("an answer of the pool", () -> onLoop(() -> !events.told.isEmpty()));
    assertThat(events.told).containsExactly("dial_tls");
  }

  @Test
  void whoLeavesDuringAHandshakeLeavesNoConnection() throws Exception {
    Upstream.prepare(UNVERIFIED, contexts);
    Upstream upstream = upstream(BackendProtocol.AUTO, Optional.of(UNVERIFIED));
    RecordedEvents events = new RecordedEvents();
    Asking asking = PoolWorld.asking(upstream, GET, client());
    BackendPool.Waiting waiting = onLoop(() -> pool.open(asking, false, events));
    Socket socket = accept();
    assertThat(socket.getInputStream().read()).as("a ClientHello").isEqualTo(22);
    onLoop(
        () -> {
          waiting.cancel();
          return true;
        });
    socket.getInputStream().readAllBytes();
    Await.until("closed", () -> upstream.backends().backends().getFirst().open() == 0);
    assertThat(events.told).isEmpty();
  }

  @Test
  void manyShareAConnectionOfHttp2() throws Exception {
    Upstream upstream = upstream(BackendProtocol.H2C, Optional.empty());
    RecordedEvents first = open(upstream, http2Request("GET", true), client());
    RecordedEvents second = open(upstream, http2Request("GET", true), client());
    assertThat(first.told).containsExactly("opened");
    assertThat(second.told).containsExactly("opened");
    assertThat(second.stream.orElseThrow().isReused()).isTrue();
    assertThat(upstream.backends().backends().getFirst().open()).isOne();
    assertThat(new String(accept().getInputStream().readNBytes(3), ISO_8859_1)).isEqualTo("PRI");
  }

  @Test
  void aPoolThatClosesEndsItsConnections() throws Exception {
    RecordedEvents events = open(plain(), GET, client());
    Socket socket = accept();
    exchange(events, socket);
    pool.close();
    assertThat(socket.getInputStream().read()).isEqualTo(-1);
  }

  @Test
  void aConnectionInUseEndsWithItsExchangeWhenThePoolIsClosed() throws Exception {
    RecordedEvents events = open(plain(), GET, client());
    Socket socket = accept();
    pool.close();
    exchange(events, socket);
    assertThat(socket.getInputStream().read()).isEqualTo(-1);
    assertThat(events.failure).isEqualTo(Optional.<BackendFailure>empty());
  }
}
