package dev.gatehouse.e2e.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.e2e.Certificate;
import dev.gatehouse.e2e.Daemon;
import dev.gatehouse.e2e.Program;
import dev.gatehouse.e2e.Scene;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Binaries and phones that speak WebSocket for a living, with a daemon in between. */
class RelayTest {

  private static final String SCRIPT = "relay-peers.js";

  @TempDir private Path folder;
  private Scene scene;
  private Certificate shown;

  @BeforeEach
  void create() {
    scene = Scene.create(folder);
    shown = scene.certificate();
  }

  @AfterEach
  void close() {
    scene.close();
  }

  @ParameterizedTest
  @CsvSource({
    "ws://127.0.0.1:8080, 127.0.0.1:8080",
    "ws://[::1]:8080, [::1]:8080",
    "wss://127.0.0.1:8443, relay.example.org:8443",
  })
  void peersInTheFieldFindEachOther(String base, String host) {
    Daemon gatehouse = scene.gatehouse(behindTheFrontDoor());
    Program.Ended peers = scene.nodeTask(SCRIPT, "check", base, host).await();
    assertThat(peers.code()).as(peers.output() + peers.errors()).isZero();
    assertThat(peers.output().lines()).hasSize(12).allMatch(line -> line.startsWith("ok "));
    assertThat(gatehouse.log())
        .contains("phone_registered")
        .doesNotContain("device-token-that-nobody-logs", "c2VjcmV0LXBheWxvYWQ=", "noise_init");
  }

  @Test
  void aCertificateOfItsOwnServesThemToo() {
    scene.gatehouse(
        """
        [ops]
        [relay]
        https_listen = "127.0.0.1:8443"
        domain = "backend.example.org"
        tls_cert = "%s"
        tls_key = "%s"
        max_connections = 100
        upgrade_burst = 1000
        """
            .formatted(shown.chain(), shown.key()));
    Program.Ended peers =
        scene.nodeTask(SCRIPT, "check", "wss://127.0.0.1:8443", "backend.example.org").await();
    assertThat(peers.code()).as(peers.output() + peers.errors()).isZero();
  }

  @Test
  void twoThousandPhonesComeBackAtOnce() {
    Daemon gatehouse = scene.gatehouse(plain("max_connections = 5000", "upgrade_burst = 10000"));
    Program.Ended peers =
        scene.nodeTask(SCRIPT, "storm", "ws://127.0.0.1:8080", "x", "2000").await();
    assertThat(peers.code()).as(peers.output() + peers.errors()).isZero();
    assertThat(gatehouse.metric("gatehouse_relay_paused_phones")).isZero();
  }

  @Test
  void whoTriesTooOftenIsToldToWaitAndTheLogStaysShort() {
    Daemon gatehouse = scene.gatehouse(plain("max_connections = 100"));
    Program.Ended peers =
        scene.nodeTask(SCRIPT, "flood", "ws://127.0.0.1:8080", "x", "10000").await();
    assertThat(peers.output()).as(peers.errors()).contains("\"400\":").contains("\"429\":");
    assertThat(gatehouse.log().lines().filter(line -> line.contains("rate_limited")).count())
        .isBetween(20L, 1000L);
    assertThat(gatehouse.metric("gatehouse_relay_connections")).isZero();
  }

  @Test
  void everybodyIsToldWhenTheDaemonEnds() {
    Daemon gatehouse = scene.gatehouse(plain("max_connections = 100", "upgrade_burst = 1000"));
    Program peers = scene.nodeTask(SCRIPT, "hold", "ws://127.0.0.1:8080", "x", "16");
    peers.awaitOutput("holding");
    assertThat(gatehouse.stop().code()).isZero();
    assertThat(peers.await().output().lines().filter("ended 1001 shutting down"::equals))
        .hasSize(17);
  }

  @Test
  void operatorsSeeAndCloseThem() {
    Daemon gatehouse = scene.gatehouse(plain("max_connections = 100", "upgrade_burst = 1000"));
    Program peers = scene.nodeTask(SCRIPT, "hold", "ws://127.0.0.1:8080", "x", "3");
    peers.awaitOutput("holding");
    assertThat(gatehouse.command("relay", "servers").output())
        .containsPattern("held +live +3 +0\\.9\\.1 +127\\.0\\.0\\.1");
    assertThat(gatehouse.command("relay", "server", "held").output()).contains("Pixel");
    assertThat(gatehouse.command("relay", "kick", "held", "--for", "10m").output())
        .isEqualTo("closed: 1 binary and 3 phones; held is banned for 10m 0s\n");
    assertThat(peers.await().output())
        .contains("ended 1001 kicked by operator", "ended 4404 no server with that id");
    assertThat(gatehouse.command("relay", "bans").output()).contains("held");
  }

  @Test
  void aDrainOfTheRelayAloneLeavesTheDaemonRunning() {
    Daemon gatehouse = scene.gatehouse(plain("max_connections = 100", "upgrade_burst = 1000"));
    Program peers = scene.nodeTask(SCRIPT, "hold", "ws://127.0.0.1:8080", "x", "3");
    peers.awaitOutput("holding");
    Program.Ended drain = gatehouse.command("drain", "relay", "--for", "1s");
    assertThat(drain.code()).as(drain.output() + drain.errors()).isZero();
    assertThat(peers.await().output()).contains("ended 1001 shutting down");
    assertThat(gatehouse.command("status").output()).containsPattern("relay +off");
  }

  private String behindTheFrontDoor() {
    return plain("max_connections = 100", "upgrade_burst = 10000")
        + """
        [proxy]
        [[proxy.listeners]]
        addr = "127.0.0.1:8443"
        routes = [
          { hostname = "relay.example.org", mode = "l7", backend = "127.0.0.1:8080", \
        tls_cert = "%s", tls_key = "%s" },
        ]
        """
            .formatted(shown.chain(), shown.key());
  }

  /** Without TLS, on every address of the host, and telling all that it would ever tell. */
  private static String plain(String... settings) {
    return """
    [ops]
    [ops.log]
    level = "debug"
    [relay]
    insecure_listen = ":8080"
    %s
    """
        .formatted(String.join("\n", settings));
  }
}
