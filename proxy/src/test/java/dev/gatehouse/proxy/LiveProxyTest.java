package dev.gatehouse.proxy;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.kernel.metric.Metric;
import dev.gatehouse.net.listen.ListenException;
import dev.gatehouse.net.listen.Refusal;
import dev.gatehouse.net.loop.Transport;
import dev.gatehouse.proxy.ProxyView.ListenerView;
import dev.gatehouse.proxy.ProxyView.RouteView;
import dev.gatehouse.proxy.ProxyView.State;
import dev.gatehouse.testkit.Await;
import dev.gatehouse.testkit.LeakGuard;
import dev.gatehouse.testkit.LogGuard;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A proxy that is told something else while connections run through it. */
@ExtendWith(LeakGuard.class)
class LiveProxyTest {

  private static final String FIRST = "127.0.0.1:1";
  private static final String SECOND = "127.0.0.2:1";
  private static final String NAME = "git.example.org";

  @RegisterExtension private final LogGuard log = new LogGuard();
  private Backend one;
  private Backend other;
  private RunningProxy proxy;

  @BeforeEach
  void start() throws Exception {
    one = new Backend(socket -> echo(socket, '1'));
    other = new Backend(socket -> echo(socket, '2'));
    proxy =
        new RunningProxy(Transport.AUTO, listener(FIRST, route(NAME, one)), Duration.ofSeconds(5));
  }

  @AfterEach
  void stop() throws IOException {
    proxy.close();
    one.close();
    other.close();
  }

  @Test
  void aNewRouteTakesConnectionsAndDisturbsNobody() throws Exception {
    try (Socket open = ask(0, NAME)) {
      assertThat(say(open, 'a')).isEqualTo("1a");
      proxy.publish(listener(FIRST, route(NAME, one), route("www.example.org", other)));
      try (Socket www = ask(0, "www.example.org")) {
        assertThat(say(www, 'b')).isEqualTo("2b");
      }
      assertThat(say(open, 'c')).isEqualTo("1c");
    }
  }

  @Test
  void aMovedBackendGetsNewConnectionsAndKeepsNoOldOne() throws Exception {
    try (Socket open = ask(0, NAME)) {
      assertThat(say(open, 'a')).isEqualTo("1a");
      proxy.publish(listener(FIRST, route(NAME, other)));
      try (Socket next = ask(0, NAME)) {
        assertThat(say(next, 'b')).isEqualTo("2b");
      }
      assertThat(say(open, 'c')).isEqualTo("1c");
      assertThat(proxy.metric(Metric.PROXY_ROUTED, NAME)).isEqualTo(2);
    }
  }

  @Test
  void aRemovedRouteIsNoneForNewConnectionsAndItsSeriesAreGone() throws Exception {
    try (Socket open = ask(0, NAME)) {
      assertThat(say(open, 'a')).isEqualTo("1a");
      assertThat(proxy.metric(Metric.PROXY_ROUTED, NAME)).isEqualTo(1);
      proxy.publish(listener(FIRST, route("www.example.org", other)));
      assertReset(0, NAME);
      assertThat(say(open, 'b')).isEqualTo("1b");
      assertThat(proxy.metric(Metric.PROXY_ROUTED, NAME)).isZero();
      assertThat(proxy.metric(Metric.PROXY_BACKEND_UP, NAME)).isZero();
      assertThat(proxy.metric(Metric.PROXY_UNROUTED, FrontDoor.UNKNOWN_NAME)).isEqualTo(1);
    }
  }

  @Test
  void aRouteThatComesBackCountsFromTheStart() throws Exception {
    ask(0, NAME).close();
    proxy.publish(listener(FIRST));
    proxy.publish(listener(FIRST, route(NAME, one)));
    assertThat(proxy.metric(Metric.PROXY_ROUTED, NAME)).isZero();
    ask(0, NAME).close();
    assertThat(proxy.metric(Metric.PROXY_ROUTED, NAME)).isEqualTo(1);
  }

  @Test
  void aNewListenerIsLetInWhenItIsPublished() throws Exception {
    proxy.publish(listener(FIRST, route(NAME, one)) + listener(SECOND, route(NAME, other)));
    assertThat(proxy.view().listeners()).hasSize(2);
    try (Socket next = ask(1, NAME)) {
      assertThat(say(next, 'a')).isEqualTo("2a");
    }
  }

  @Test
  void aListenerThatGoesStopsAtOnceAndLetsConnectionsFinish() throws Exception {
    proxy.publish(listener(FIRST, route(NAME, one)) + listener(SECOND, route(NAME, other)));
    int port = proxy.port(1);
    try (Socket open = ask(1, NAME)) {
      assertThat(say(open, 'a')).isEqualTo("2a");
      proxy.publish(listener(FIRST, route(NAME, one)));
      awaitListener(SECOND.replace(":1", ":0"), true);
      Await.until("the port is closed", () -> isRefused("127.0.0.2", port));
      assertThat(say(open, 'b')).isEqualTo("2b");
    }
    Await.until("the listener is gone", () -> proxy.view().listeners().size() == 1);
    assertThat(proxy.metric(Metric.LISTENER_ACCEPTED, "127.0.0.2:0")).isZero();
  }

  @Test
  void aListenerThatComesBackWhileItDrainsGoesOnCounting() throws Exception {
    String both = listener(FIRST, route(NAME, one)) + listener(SECOND, route(NAME, other));
    proxy.publish(both);
    try (Socket open = ask(1, NAME)) {
      assertThat(say(open, 'a')).isEqualTo("2a");
      proxy.publish(listener(FIRST, route(NAME, one)));
      proxy.publish(both);
      assertThat(proxy.view().listeners()).hasSize(3);
    }
    Await.until("the old one is gone", () -> proxy.view().listeners().size() == 2);
    ask(1, NAME).close();
    assertThat(proxy.metric(Metric.LISTENER_ACCEPTED, "127.0.0.2:0")).isEqualTo(2);
  }

  @Test
  void aPortThatIsTakenRefusesAllAndChangesNothing() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.3"))) {
      String toml =
          listener(FIRST) + listener("127.0.0.3:" + taken.getLocalPort(), route(NAME, other));
      assertThatThrownBy(() -> proxy.publishAtPorts(toml)).isInstanceOf(ListenException.class);
    }
    try (Socket still = ask(0, NAME)) {
      assertThat(say(still, 'a')).isEqualTo("1a");
    }
  }

  @Test
  void whatIsAbandonedLeavesNoTrace() throws Exception {
    proxy.abandon(listener(FIRST) + listener(SECOND, route(NAME, other)));
    assertThat(proxy.view().listeners()).hasSize(1);
    assertThat(proxy.metric(Metric.PROXY_ROUTED, "127.0.0.2:0")).isZero();
    try (Socket still = ask(0, NAME)) {
      assertThat(say(still, 'a')).isEqualTo("1a");
    }
  }

  @Test
  void anotherLimitHoldsForNewConnections() throws Exception {
    try (Socket open = ask(0, NAME)) {
      assertThat(say(open, 'a')).isEqualTo("1a");
      proxy.publish(listener(FIRST, "max_connections = 1", route(NAME, one)));
      assertReset(0, NAME);
      assertThat(proxy.view().refused()).containsEntry(Refusal.LISTENER_LIMIT.label(), 1L);
      proxy.publish(listener(FIRST, "max_connections = 0", route(NAME, one)));
      try (Socket next = ask(0, NAME)) {
        assertThat(say(next, 'b')).isEqualTo("1b");
      }
      assertThat(say(open, 'c')).isEqualTo("1c");
    }
  }

  @Test
  void aHeaderIsDemandedFromThenOn() throws Exception {
    proxy.publish(
        listener(
            FIRST, "proxy_protocol = true\ntrusted_proxies = [\"127.0.0.0/8\"]", route(NAME, one)));
    assertReset(0, NAME);
    assertThat(proxy.metric(Metric.PROXY_PROTOCOL_ERRORS, "signature")).isEqualTo(1);
    try (Socket next = proxy.connect(0)) {
      next.getOutputStream().write("PROXY UNKNOWN\r\n".getBytes(US_ASCII));
      next.getOutputStream().write(Hellos.named(NAME));
      assertThat(greeting(next)).isEqualTo("1");
    }
  }

  @Test
  void otherSettingsHoldForNewConnections() throws Exception {
    try (Socket open = ask(0, NAME)) {
      assertThat(say(open, 'a')).isEqualTo("1a");
      proxy.follow("[proxy]\nhello_timeout = \"100ms\"\nidle_timeout = \"100ms\"\n");
      try (Socket silent = proxy.connect(0)) {
        assertThat(silent.getInputStream().read()).isNegative();
      } catch (IOException reset) {
        assertThat(reset).hasMessageContaining("reset");
      }
      assertThat(say(open, 'b')).isEqualTo("1b");
    }
  }

  @Test
  void theFallbackFollowsItsRoute() throws Exception {
    proxy.publish(listener(FIRST, "default_route = \"" + NAME + '"', route(NAME, one)));
    ask(0, "any.example.net").close();
    proxy.publish(listener(FIRST, "default_route = \"" + NAME + '"', route(NAME, other)));
    try (Socket next = ask(0, "any.example.net")) {
      assertThat(say(next, 'a')).isEqualTo("2a");
    }
  }

  @Test
  void operatorsSeeWhatGoesOn() throws Exception {
    try (Socket open = ask(0, NAME)) {
      assertThat(say(open, 'a')).isEqualTo("1a");
      ListenerView listener = proxy.view().listeners().getFirst();
      assertThat(listener.connections()).isEqualTo(1);
      assertThat(listener.bound().port()).isEqualTo(proxy.port(0));
      assertThat(listener.draining()).isFalse();
      RouteView route = proxy.view().routes().getFirst();
      assertThat(route.route().hostname()).hasToString(NAME);
      assertThat(route.state()).isEqualTo(State.SERVING);
      assertThat(route.active()).isEqualTo(1);
      assertThat(route.routed()).isEqualTo(1);
      assertThat(route.dials().counts().stream().mapToLong(Long::longValue).sum()).isEqualTo(1);
    }
    Await.until("no connection", () -> proxy.view().routes().getFirst().active() == 0);
  }

  @Test
  void aBackendThatIsGoneShows() throws Exception {
    log.expect("dial_failed");
    one.close();
    assertReset(0, NAME);
    Await.until(
        "the backend is down",
        () -> proxy.view().routes().getFirst().state() == State.BACKEND_DOWN);
    assertThat(proxy.view().routes().getFirst().errors()).isEqualTo(1);
  }

  @Test
  void whoComesFromAnAddressIsFoundAndReset() throws Exception {
    try (Socket open = ask(0, NAME)) {
      assertThat(say(open, 'a')).isEqualTo("1a");
      assertThat(proxy.listener().connections(client -> client.toString().equals("127.0.0.1")))
          .isEqualTo(1);
      assertThat(proxy.listener().reset(client -> client.toString().equals("127.0.0.9"))).isZero();
      assertThat(proxy.listener().reset(client -> client.toString().equals("127.0.0.1")))
          .isEqualTo(1);
      assertThatThrownBy(() -> expectEnd(open)).hasMessageContaining("reset");
    }
  }

  private void awaitListener(String address, boolean draining) throws Exception {
    Await.until(
        address + " drains: " + draining,
        () ->
            proxy.view().listeners().stream()
                .anyMatch(
                    view ->
                        view.config().address().toString().equals(address)
                            && view.draining() == draining));
  }

  private static boolean isRefused(String host, int port) {
    try (Socket _ = new Socket(host, port)) {
      return false;
    } catch (IOException refused) {
      return true;
    }
  }

  private static void echo(Socket socket, char name) throws IOException {
    byte[] hello = new byte[1024];
    int _ = socket.getInputStream().read(hello);
    socket.getOutputStream().write(name);
    int heard = socket.getInputStream().read();
    while (heard >= 0) {
      socket.getOutputStream().write(name);
      socket.getOutputStream().write(heard);
      heard = socket.getInputStream().read();
    }
  }

  /** A connection of which the backend has taken the hello. */
  private Socket ask(int listener, String name) throws IOException {
    Socket socket = proxy.connect(listener);
    socket.getOutputStream().write(Hellos.named(name));
    assertThat(greeting(socket)).matches("[12]");
    return socket;
  }

  private static String greeting(Socket socket) throws IOException {
    return String.valueOf((char) socket.getInputStream().read());
  }

  private static String say(Socket socket, char letter) throws IOException {
    socket.getOutputStream().write(letter);
    return new String(socket.getInputStream().readNBytes(2), US_ASCII);
  }

  private void assertReset(int listener, String name) {
    assertThatThrownBy(
            () -> {
              try (Socket socket = proxy.connect(listener)) {
                socket.getOutputStream().write(Hellos.named(name));
                expectEnd(socket);
              }
            })
        .isInstanceOf(IOException.class);
  }

  private static void expectEnd(Socket socket) throws IOException {
    int read = socket.getInputStream().read();
    throw new AssertionError("read " + read + " (expected: a reset)");
  }

  private static String listener(String address, String... routes) {
    return "[[proxy.listeners]]\naddr = \"%s\"\n%s".formatted(address, String.join("\n", routes))
        + "\n";
  }

  private static String route(String name, Backend backend) {
    return "[[proxy.listeners.routes]]\nhostname = \"%s\"\nbackend = \"%s\"\n"
        .formatted(name, backend.address());
  }
}
