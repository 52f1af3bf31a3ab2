package dev.gatehouse.e2e.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.e2e.Peer;
import dev.gatehouse.e2e.Program;
import dev.gatehouse.e2e.Project;
import dev.gatehouse.e2e.relay.RelayHost.Way;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Binaries and phones that speak WebSocket for a living meet by every way there is. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RelayPeersTest {

  private static final String NODE = "relay-peers.js";
  private static final String PYTHON = "e2e/src/test/resources/relay_peer.py";
  private static final String PAGE = "e2e/src/test/resources/relay-phone";

  @TempDir private static Path folder;
  private RelayHost host;

  @BeforeAll
  void start() {
    host =
        new RelayHost(
            folder, "max_connections = 200", "upgrade_burst = 10000", "probe_timeout = \"1s\"");
  }

  @AfterAll
  void stop() {
    host.close();
  }

  @AfterEach
  void nothingOfWhatTheySayIsLogged() {
    assertThat(host.daemon().log())
        .contains("phone_registered")
        .doesNotContain("device-token", "c2VjcmV0LXBheWxvYWQ", "noise_init", "from a page");
  }

  static Stream<Way> ways() {
    return Stream.of(Way.PLAIN, Way.TLS_BY_IPV6);
  }

  @ParameterizedTest
  @MethodSource("ways")
  void whatPeersInTheFieldRelyOnHolds(Way way) {
    Program.Ended peers = host.scene().nodeTask(NODE, "check", way.base(), way.host()).await();
    assertThat(peers.code()).as(peers.output() + peers.errors()).isZero();
    assertThat(peers.output().lines()).hasSize(14).allMatch(line -> line.startsWith("ok "));
  }

  @Test
  void phonesOfNodeTalkToABinaryOfPythonByEveryWay() {
    Way way = Way.TLS_BY_IPV6;
    Program binary = python("serve", way.base(), way.host(), "of-python");
    binary.awaitOutput("serving");
    Program phones = host.scene().nodeTask(NODE, Way.arguments(Way.ALL, "talk", "of-python"));
    assertThatAllTalked(phones, binary);
  }

  @Test
  void phonesOfPythonTalkToABinaryOfNodeByEveryWay() {
    Way way = Way.PLAIN;
    Program binary = host.scene().nodeTask(NODE, "serve", way.base(), way.host(), "of-node");
    binary.awaitOutput("serving");
    assertThatAllTalked(python(Way.arguments(Way.ALL, "talk", "of-node")), binary);
  }

  /** Of two phones by each way the binary has closed one, and is told of the other alone. */
  private static void assertThatAllTalked(Program phones, Program binary) {
    Program.Ended talked = phones.await();
    assertThat(talked.code()).as(talked.output() + talked.errors()).isZero();
    assertThat(talked.output().lines()).hasSize(Way.ALL.size());
    binary.awaitOutput("gone 4000\n".repeat(Way.ALL.size()));
    binary.close();
  }

  @Test
  void aBrowserIsAPhoneLikeOthers() {
    Program binary =
        host.scene().nodeTask(NODE, "meet", Way.PLAIN.base(), Way.PLAIN.host(), "browser");
    binary.awaitOutput("serving");
    try (Program browser = browser()) {
      Program.Ended met = binary.await();
      assertThat(met.code()).as(met.errors() + browser.errorsSoFar()).isZero();
      assertThat(met.output()).endsWith("ok met\n");
    }
  }

  @Test
  void aBinaryThatHasDiedIsTakenOver() {
    Way way = Way.PLAIN;
    Program dead = python("serve", way.base(), way.host(), "dying");
    dead.awaitOutput("serving");
    freeze(dead);
    Program next = host.scene().nodeTask(NODE, "serve", way.base(), way.host(), "dying");
    next.awaitOutput("serving");
    host.daemon().awaitLog("server_id_takeover");
    Program.Ended phone = python("talk", "dying", way.base(), way.host()).await();
    assertThat(phone.code()).as(phone.errors()).isZero();
    assertThat(host.daemon().metric("gatehouse_relay_takeovers_total")).isOne();
  }

  @Test
  void operatorsSeeAndCloseThem() {
    Program peers = host.scene().nodeTask(NODE, "hold", Way.PLAIN.base(), Way.PLAIN.host(), "3");
    peers.awaitOutput("holding");
    assertThat(host.daemon().command("relay", "servers").output())
        .containsPattern("held +live +3 +0\\.9\\.1 +127\\.0\\.0\\.1");
    assertThat(host.daemon().command("relay", "server", "held").output()).contains("Pixel");
    assertThat(host.daemon().command("relay", "kick", "held", "--for", "10m").output())
        .isEqualTo("closed: 1 binary and 3 phones; held is banned for 10m 0s\n");
    assertThat(peers.await().output())
        .contains("ended 1001 kicked by operator", "ended 4404 no server with that id");
    assertThat(host.daemon().command("relay", "bans").output()).contains("held");
  }

  /** Leaves it as a host that has lost its power would: open and silent. */
  private void freeze(Program program) {
    Program.Ended stopped =
        host.scene().host().run(List.of("kill", "-STOP", Long.toString(program.pid())));
    assertThat(stopped.code()).as(stopped.errors()).isZero();
  }

  private Program python(String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Peer.requirePython(folder, "websockets", "python3-websockets"));
    command.add(Project.file(PYTHON).toString());
    command.addAll(List.of(arguments));
    return host.scene().start(command);
  }

  /** An extension says for the page what pages cannot say themselves. */
  private Program browser() {
    Path page = Project.file(PAGE);
    return host.scene()
        .start(
            List.of(
                Peer.require("chromium", "chromium"),
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--ignore-certificate-errors",
                "--host-resolver-rules=MAP *.example.org 127.0.0.1",
                "--disable-extensions-except=" + page,
                "--load-extension=" + page,
                "--user-data-dir=" + folder.resolve("profile"),
                page.resolve("page.html").toUri().toString()));
  }
}
