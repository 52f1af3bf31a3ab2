package dev.gatehouse.e2e.relay;

import static dev.gatehouse.e2e.relay.RelayHost.plain;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.e2e.Certificate;
import dev.gatehouse.e2e.Daemon;
import dev.gatehouse.e2e.Program;
import dev.gatehouse.e2e.Scene;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A daemon with a relay from its start to its end, and crowds that come to it. */
class RelayTest {

  private static final String SCRIPT = "relay-peers.js";

  private static final Duration ONE_SECOND = Duration.ofSeconds(1);

  /** What else there is to end takes a moment, but no drain timeout of its own. */
  private static final Duration MOST = Duration.ofSeconds(8);

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
  void everybodyIsToldWhenTheDaemonEndsAndNobodyCanHoldItUp() throws Exception {
    Daemon gatehouse =
        scene.gatehouse(
            plain("max_connections = 100", "upgrade_burst = 1000", "drain_timeout = \"1s\""));
    Program peers = scene.nodeTask(SCRIPT, "hold", "ws://127.0.0.1:8080", "x", "16");
    peers.awaitOutput("holding");
    Program deaf = scene.nodeTask(SCRIPT, "serve", "ws://127.0.0.1:8080", "x", "deaf");
    deaf.awaitOutput("serving");
    scene.host().run(List.of("kill", "-STOP", Long.toString(deaf.pid())));
    long begin = System.nanoTime();
    assertThat(gatehouse.stop().code()).isZero();
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isBetween(ONE_SECOND, MOST);
    assertThat(peers.await().output().lines().filter("ended 1001 shutting down"::equals))
        .hasSize(17);
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
}
