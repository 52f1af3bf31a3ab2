package dev.gatehouse.proxy.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.kernel.time.Ticker;
import dev.gatehouse.net.connect.Destination;
import dev.gatehouse.net.connect.Dialer;
import dev.gatehouse.net.connect.NameLookup;
import dev.gatehouse.net.connect.NameResolver;
import dev.gatehouse.net.loop.EventLoops;
import dev.gatehouse.net.loop.Transport;
import dev.gatehouse.proxy.route.Balance;
import dev.gatehouse.testkit.Await;
import dev.gatehouse.testkit.LeakGuard;
import dev.gatehouse.testkit.LogGuard;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.event.Level;

@ExtendWith(LeakGuard.class)
class HealthChecksTest {

  private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");

  /** Version 2, LOCAL, unspecified family, nothing more (section 2.2). */
  private static final String LOCAL_HEADER = "0d0a0d0a000d0a515549540a" + "20" + "00" + "0000";

  private static final HealthCheck OFTEN =
      new HealthCheck(Duration.ofMillis(5), Duration.ofSeconds(5), false);

  @RegisterExtension final LogGuard logs = new LogGuard();

  private final Ticker ticker = Ticker.system();
  private final EventLoops loops = new EventLoops(Transport.AUTO);
  private final NameResolver names = new NameResolver(NameLookup.system(), ticker);
  private final HealthChecks checks = new HealthChecks(loops, new Dialer(loops, names));

  @BeforeEach
  void start() {
    loops.start();
    checks.start();
  }

  @AfterEach
  void close() {
    checks.close();
    names.close();
    loops.close();
  }

  @Test
  void aBackendGoesDownAndComesBack() throws Exception {
    logs.expect("backend_down");
    int port;
    try (ServerSocket server = new ServerSocket(0, 16, LOOPBACK)) {
      port = server.getLocalPort();
    }
    BackendGroup group = group(port);
    Backend backend = group.backend(0);
    checks.begin(group, OFTEN);
    Await.until("the line", () -> !logs.events("backend_down").isEmpty());
    assertThat(backend.isUp(ticker.nanos())).isFalse();
    assertThat(logs.events("backend_down"))
        .singleElement()
        .satisfies(
            line -> {
              assertThat(line.level()).isEqualTo(Level.WARN);
              assertThat(line.fields()).containsEntry("backend", "127.0.0.1:" + port);
              assertThat(line.fields()).containsEntry("cause", "refused");
            });
    try (ServerSocket server = new ServerSocket()) {
      server.setReuseAddress(true);
      server.bind(new InetSocketAddress(LOOPBACK, port), 16);
      drain(server);
      Await.until("up", () -> backend.isUp(ticker.nanos()));
      Await.until("the line", () -> logs.events("backend_up").size() == 1);
      checks.end(group);
    }
  }

  @Test
  void endingTheChecksFreesTheBackend() throws Exception {
    logs.expect("backend_down");
    BackendGroup group = group(closedPort());
    checks.begin(group, OFTEN);
    Await.until("down", () -> !group.backend(0).isUp(ticker.nanos()));
    checks.end(group);
    Await.until("free", () -> group.backend(0).isUp(ticker.nanos()));
  }

  @Test
  void hangsUpWithoutAWord() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 16, LOOPBACK)) {
      BackendGroup group = group(server.getLocalPort());
      checks.begin(group, OFTEN);
      assertThat(firstBytes(server)).isEmpty();
      checks.end(group);
    }
  }

  @Test
  void saysWhereItIsFromToABackendThatExpectsAHeader() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 16, LOOPBACK)) {
      BackendGroup group = group(server.getLocalPort());
      checks.begin(group, new HealthCheck(OFTEN.interval(), OFTEN.timeout(), true));
      assertThat(HexFormat.of().formatHex(firstBytes(server))).isEqualTo(LOCAL_HEADER);
      checks.end(group);
    }
  }

  @Test
  void anIntervalOfZeroIsNoCheck() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 16, LOOPBACK)) {
      checks.begin(
          group(server.getLocalPort()), new HealthCheck(Duration.ZERO, OFTEN.timeout(), false));
      BackendGroup checked = group(server.getLocalPort());
      checks.begin(checked, new HealthCheck(OFTEN.interval(), OFTEN.timeout(), true));
      for (int i = 0; i < 3; i++) {
        assertThat(firstBytes(server)).as("only the other group's checks").isNotEmpty();
      }
      checks.end(checked);
    }
  }

  @Test
  void nothingIsCheckedBeforeTheStart() {
    HealthChecks early = new HealthChecks(loops, new Dialer(loops, names));
    assertThatThrownBy(() -> early.begin(group(1), OFTEN))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("health checks: not started");
  }

  private static BackendGroup group(int port) {
    return BackendGroup.of(
        List.of(Destination.parse("127.0.0.1:" + port).orElseThrow()), Balance.ROUND_ROBIN);
  }

  private static int closedPort() throws IOException {
    try (ServerSocket server = new ServerSocket(0, 1, LOOPBACK)) {
      return server.getLocalPort();
    }
  }

  private static byte[] firstBytes(ServerSocket server) throws IOException {
    server.setSoTimeout((int) Await.PATIENCE.toMillis());
    try (Socket check = server.accept()) {
      check.setSoTimeout((int) Await.PATIENCE.toMillis());
      return check.getInputStream().readAllBytes();
    }
  }

  /** Takes every connection until the server is closed. */
  private static void drain(ServerSocket server) {
    Thread.ofPlatform()
        .daemon()
        .start(
            () -> {
              while (!server.isClosed()) {
                try (Socket check = server.accept()) {
                  check.getInputStream().readAllBytes();
                } catch (IOException closed) {
                  return;
                }
              }
            });
  }
}
