package dev.gatehouse.proxy.l4;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.kernel.metric.Metric;
import dev.gatehouse.net.loop.Transport;
import dev.gatehouse.proxy.Backend;
import dev.gatehouse.proxy.Hellos;
import dev.gatehouse.proxy.RunningProxy;
import dev.gatehouse.testkit.Await;
import dev.gatehouse.testkit.LeakGuard;
import dev.gatehouse.testkit.LogGuard;
import dev.gatehouse.testkit.SilentPort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Connections through a whole proxy on loopback, from a hello to the end. */
@ExtendWith(LeakGuard.class)
class PassthroughTest {

  private static final byte[] HELLO = Hellos.named("git.example.org");

  @RegisterExtension private final LogGuard log = new LogGuard();
  private final BlockingQueue<byte[]> heard = new LinkedBlockingQueue<>();
  private Transport transport = Transport.AUTO;
  private String ofProxy = "";
  private String ofListener = "";
  private @Nullable RunningProxy running;

  @AfterEach
  void stop() {
    if (running != null) {
      running.close();
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Transport.class,
      names = {"EPOLL", "NIO"})
  void aClientTalksToTheBackendOfTheNameThatItAsksFor(Transport waitedOn) throws Exception {
    transport = waitedOn;
    try (Backend git = new Backend(socket -> answer(socket, "git"));
        Backend www = new Backend(socket -> answer(socket, "www"))) {
      start(route("git.example.org", git.address()), route("*.org", www.address()));
      assertThat(ask(Hellos.named("git.example.org"))).isEqualTo("git");
      assertThat(ask(Hellos.named("GIT.EXAMPLE.ORG."))).isEqualTo("git");
      assertThat(ask(Hellos.named("www.example.org"))).isEqualTo("www");
      awaitClosed(3);
      assertThat(proxy().metric(Metric.PROXY_ROUTED, "git.example.org")).isEqualTo(2);
      assertThat(proxy().metric(Metric.PROXY_HELLO, "ok")).isEqualTo(3);
    }
  }

  @Test
  void splicingThatWasDemandedAndCannotBeRefusesTheStart() {
    transport = Transport.NIO;
    ofProxy = "relay = \"splice\"";
    assertThatThrownBy(() -> start(route("git.example.org", "127.0.0.1:2")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("proxy.relay: splice (expected: auto or copy, since ops.transport is nio)");
  }

  @Test
  void anUnknownNameAndNoNameAreResetWithoutAByte() throws Exception {
    try (Backend git = new Backend(socket -> answer(socket, "git"))) {
      start(route("git.example.org", git.address()));
      assertReset(Hellos.named("www.example.org"));
      assertReset(Hellos.unnamed());
      assertThat(git.connections()).isZero();
      assertThat(proxy().metric(Metric.PROXY_UNROUTED, "unknown_name")).isEqualTo(1);
      assertThat(proxy().metric(Metric.PROXY_UNROUTED, "no_sni")).isEqualTo(1);
    }
  }

  @Test
  void unknownNamesAndMissingOnesGoWhereTheListenerSaysAndBrokenHellosNowhere() throws Exception {
    try (Backend git = new Backend(socket -> answer(socket, "git"));
        Backend rest = new Backend(socket -> answer(socket, "rest"))) {
      ofListener = "default_route = \"*.rest.org\"\nno_sni_route = \"git.example.org\"";
      start(route("git.example.org", git.address()), route("*.rest.org", rest.address()));
      assertThat(ask(Hellos.named("www.example.org"))).isEqualTo("rest");
      assertThat(ask(Hellos.unnamed())).isEqualTo("git");
      byte[] broken = Hellos.named("git.example.org");
      broken[broken.length - 1] = 0;
      assertReset(broken);
      assertThat(git.connections() + rest.connections()).isEqualTo(2);
    }
  }

  @Test
  void aClientThatHasSaidAllStillGetsItsAnswer() throws Exception {
    try (Backend backend =
        new Backend(
            socket -> {
              heard.add(socket.getInputStream().readAllBytes());
              socket.getOutputStream().write("late".getBytes(US_ASCII));
            })) {
      start(route("git.example.org", backend.address()));
      try (Socket client = proxy().connect()) {
        client.getOutputStream().write(HELLO);
        client.getOutputStream().write(7);
        client.shutdownOutput();
        assertThat(client.getInputStream().readAllBytes()).isEqualTo("late".getBytes(US_ASCII));
      }
      assertThat(heard.poll(10, TimeUnit.SECONDS)).hasSize(HELLO.length + 1).endsWith(7);
      awaitClosed("client_closed");
    }
  }

  @Test
  void aBackendThatHasSaidAllStillHears() throws Exception {
    try (Backend backend =
        new Backend(
            socket -> {
              socket.shutdownOutput();
              heard.add(socket.getInputStream().readAllBytes());
            })) {
      start(route("git.example.org", backend.address()));
      try (Socket client = proxy().connect()) {
        client.getOutputStream().write(HELLO);
        assertThat(client.getInputStream().read()).isEqualTo(-1);
        client.getOutputStream().write(9);
        client.shutdownOutput();
        assertThat(heard.poll(10, TimeUnit.SECONDS)).hasSize(HELLO.length + 1).endsWith(9);
      }
      awaitClosed("backend_closed");
    }
  }

  @Test
  void aBackendThatIsDownResetsTheClientAndIsCounted() throws Exception {
    log.expect("dial_failed");
    start(route("git.example.org", "127.0.0.1:" + unusedPort()));
    assertReset(HELLO);
    awaitClosed("dial_failed");
    assertThat(proxy().metric(Metric.PROXY_DIAL_FAILURES, "refused")).isEqualTo(1);
    assertThat(proxy().metric(Metric.PROXY_BACKEND_UP)).isZero();
  }

  @Test
  void aBackendThatIsSilentResetsTheClientAfterTheTimeout() throws Exception {
    log.expect("dial_failed");
    try (SilentPort silent = new SilentPort(InetAddress.getLoopbackAddress(), 0)) {
      ofProxy = "connect_timeout = \"100ms\"";
      start(route("git.example.org", "127.0.0.1:" + silent.port()));
      assertReset(HELLO);
      assertThat(proxy().metric(Metric.PROXY_DIAL_FAILURES, "timeout")).isEqualTo(1);
    }
  }

  @Test
  void theNextBackendTakesWhatADeadOneDoesNot() throws Exception {
    log.expect("dial_failed");
    try (Backend alive = new Backend(socket -> answer(socket, "alive"))) {
      String dead = "127.0.0.1:" + unusedPort();
      start(
          """
          [[proxy.listeners.routes]]
          hostname = "git.example.org"
          backends = ["%s", "%s"]
          """
              .formatted(dead, alive.address()));
      for (int i = 0; i < 6; i++) {
        assertThat(ask(HELLO)).isEqualTo("alive");
      }
      awaitClosed(6);
      assertThat(proxy().metric(Metric.PROXY_CLOSED, "dial_failed")).isZero();
      assertThat(proxy().metric(Metric.PROXY_BACKEND_UP, dead)).isZero();
      assertThat(proxy().metric(Metric.PROXY_BACKEND_UP, alive.address())).isEqualTo(1);
    }
  }

  @Test
  void whoGoesWhileItsBackendIsDialledLeavesNothingBehind() throws Exception {
    try (SilentPort silent = new SilentPort(InetAddress.getLoopbackAddress(), 0)) {
      start(route("git.example.org", "127.0.0.1:" + silent.port()));
      try (Socket client = proxy().connect()) {
        client.getOutputStream().write(HELLO);
        Await.until("dialling", () -> proxy().metric(Metric.PROXY_CONNECTIONS) == 1);
        client.setSoLinger(true, 0);
      }
      awaitClosed("client_reset");
      assertThat(proxy().metric(Metric.PROXY_DIAL_FAILURES)).isZero();
    }
  }

  @Test
  void anIdleConnectionIsResetOnBothSides() throws Exception {
    try (Backend backend = new Backend(this::hearToTheEnd)) {
      ofProxy = "idle_timeout = \"200ms\"";
      start(route("git.example.org", backend.address()));
      try (Socket client = proxy().connect()) {
        client.getOutputStream().write(HELLO);
        assertThatThrownBy(() -> client.getInputStream().read()).isInstanceOf(IOException.class);
      }
      awaitClosed("idle");
      assertThat(heard.poll(10, TimeUnit.SECONDS)).isEqualTo("reset".getBytes(US_ASCII));
    }
  }

  @Test
  void aConnectionIsNotIdleWhileOneSideStillSpeaks() throws Exception {
    try (Backend backend = new Backend(this::hearToTheEnd)) {
      ofProxy = "idle_timeout = \"400ms\"";
      start(route("git.example.org", backend.address()));
      try (Socket client = proxy().connect()) {
        client.getOutputStream().write(HELLO);
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(1500);
        Await.until(
            "longer than the timeout",
            () -> {
              client.getOutputStream().write(1);
              return System.nanoTime() - end > 0;
            });
        assertThat(proxy().metric(Metric.PROXY_CLOSED)).isZero();
        client.shutdownOutput();
        assertThat(client.getInputStream().read()).isEqualTo(-1);
      }
    }
  }

  @Test
  void oneFinishedSideLeavesLessTime() throws Exception {
    try (Backend backend =
        new Backend(
            socket -> {
              socket.getInputStream().readAllBytes();
              awaitClosed("half_closed");
            })) {
      ofProxy = "half_closed_timeout = \"200ms\"";
      start(route("git.example.org", backend.address()));
      try (Socket client = proxy().connect()) {
        client.getOutputStream().write(HELLO);
        client.shutdownOutput();
        assertThatThrownBy(() -> client.getInputStream().read()).isInstanceOf(IOException.class);
      }
      awaitClosed("half_closed");
    }
  }

  @Test
  void drainResetsWhoHasNotSaidWhereToAndLetsTheOthersFinish() throws Exception {
    try (Backend backend =
        new Backend(
            socket -> {
              socket.getInputStream().readNBytes(HELLO.length);
              socket.getOutputStream().write('a');
              socket.getInputStream().read();
              socket.getOutputStream().write('b');
            })) {
      start(route("git.example.org", backend.address()));
      try (Socket client = proxy().connect();
          Socket undecided = proxy().connect()) {
        client.getOutputStream().write(HELLO);
        assertThat(client.getInputStream().read()).isEqualTo('a');
        undecided.getOutputStream().write(HELLO, 0, 20);
        Thread closing = Thread.ofPlatform().start(proxy()::close);
        assertThatThrownBy(() -> undecided.getInputStream().read()).isInstanceOf(IOException.class);
        client.getOutputStream().write(1);
        assertThat(client.getInputStream().read()).isEqualTo('b');
        assertThat(client.getInputStream().read()).isEqualTo(-1);
        client.shutdownOutput();
        closing.join();
      }
      assertThat(proxy().metric(Metric.PROXY_CLOSED, "backend_closed")).isEqualTo(1);
    }
  }

  @Test
  void whoDoesNotFinishIsResetWhenTheDrainIsOver() throws Exception {
    log.expect("drain_incomplete");
    try (Backend backend = new Backend(this::hearToTheEnd)) {
      start(route("git.example.org", backend.address()));
      try (Socket client = proxy().connect()) {
        client.getOutputStream().write(HELLO);
        Await.until("relayed", () -> backend.connections() == 1);
        proxy().close();
        assertThatThrownBy(() -> client.getInputStream().read()).isInstanceOf(IOException.class);
      }
      assertThat(proxy().metric(Metric.PROXY_CLOSED, "shutdown")).isEqualTo(1);
      assertThat(heard.poll(10, TimeUnit.SECONDS)).isEqualTo("reset".getBytes(US_ASCII));
    }
  }

  private void start(String... routes) throws Exception {
    running =
        new RunningProxy(
            transport,
            "[proxy]\n%s\n[[proxy.listeners]]\naddr = \"127.0.0.1:1\"\n%s\n%s"
                .formatted(ofProxy, ofListener, String.join("", routes)));
  }

  private RunningProxy proxy() {
    return Objects.requireNonNull(running);
  }

  private static String route(String hostname, String backend) {
    return "[[proxy.listeners.routes]]\nhostname = \"%s\"\nbackend = \"%s\"\n"
        .formatted(hostname, backend);
  }

  private String ask(byte[] hello) throws IOException {
    try (Socket client = proxy().connect()) {
      client.getOutputStream().write(hello);
      return new String(client.getInputStream().readAllBytes(), US_ASCII);
    }
  }

  private void assertReset(byte[] hello) throws IOException {
    try (Socket client = proxy().connect()) {
      client.getOutputStream().write(hello);
      assertThatThrownBy(() -> client.getInputStream().read())
          .isInstanceOf(IOException.class)
          .hasMessageContaining("reset");
    }
  }

  private void awaitClosed(int connections) throws Exception {
    Await.until("closed", () -> proxy().metric(Metric.PROXY_CLOSED) == connections);
  }

  private void awaitClosed(String cause) throws Exception {
    Await.until("closed: " + cause, () -> proxy().metric(Metric.PROXY_CLOSED, cause) == 1);
    assertThat(proxy().metric(Metric.PROXY_CLOSED)).isEqualTo(1);
    assertThat(proxy().metric(Metric.PROXY_CONNECTIONS)).isZero();
  }

  /** Any complete hello gets the same answer. */
  private static void answer(Socket socket, String text) throws IOException {
    socket.getInputStream().read(new byte[512]);
    socket.getOutputStream().write(text.getBytes(US_ASCII));
  }

  private void hearToTheEnd(Socket socket) {
    try {
      socket.getInputStream().readAllBytes();
      heard.add("end".getBytes(US_ASCII));
    } catch (IOException e) {
      heard.add("reset".getBytes(US_ASCII));
    }
  }

  private static int unusedPort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
