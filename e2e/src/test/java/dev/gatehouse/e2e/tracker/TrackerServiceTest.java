package dev.gatehouse.e2e.tracker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.client.ControlException;
import dev.gatehouse.client.GatehouseClient;
import dev.gatehouse.client.daemon.Reloaded;
import dev.gatehouse.client.tracker.SwarmPeer;
import dev.gatehouse.e2e.Daemon;
import dev.gatehouse.e2e.Peer;
import dev.gatehouse.e2e.Program;
import dev.gatehouse.testkit.Await;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The tracker as a service of the daemon, seen from outside. */
@Timeout(60)
class TrackerServiceTest {

  private static final String HASH = "%4c%b6%70%59%ed%6b%d0%83%62%da%62%5b%3a%e7%7f%6f%4a%07%57%05";
  private static final String REST = "&uploaded=0&downloaded=0";
  private static final String FIRST = "01234567890123456789";
  private static final String SECOND = "12345678901234567890";
  private static final String THIRD = "23456789012345678901";

  @TempDir private Path folder;

  /** Each test opens one of its own. */
  @SuppressWarnings("NullAway.Init")
  private TrackerHost host;

  @AfterEach
  void close() {
    host.close();
  }

  @Test
  void peersComeFinishAndLeave() throws Exception {
    Announcer client = open(TrackerHost.OPEN);
    assertThat(counts(client, FIRST, 6881, 1, "started")).isEqualTo("0/1");
    assertThat(counts(client, FIRST, 6881, 0, "completed")).isEqualTo("1/0");
    Map<?, ?> scraped = scraped(client, HASH);
    assertThat(scraped.toString()).isEqualTo("{complete=1, downloaded=1, incomplete=0}");
    assertThat(counts(client, SECOND, 6882, 1, "started")).isEqualTo("1/1");
    assertThat(counts(client, THIRD, 6883, 1, "started")).isEqualTo("1/2");
    assertThat(counts(client, SECOND, 6882, 1, "stopped")).isEqualTo("1/1");
    assertThat(counts(client, THIRD, 6883, 1, "stopped")).isEqualTo("1/0");
  }

  @Test
  void countsMayLeaveOutWhoAsks() throws Exception {
    Announcer client =
        open(TrackerHost.OPEN.replace("[tracker]", "[tracker]\ncount_announcer = false"));
    counts(client, FIRST, 6881, 0, "started");
    assertThat(counts(client, SECOND, 6882, 1, "started")).isEqualTo("1/0");
  }

  @Test
  void nobodyIsToldOfMorePeersThanItWants() throws Exception {
    Announcer client = open(TrackerHost.OPEN);
    for (int port = 1000; port < 1020; port++) {
      counts(client, Recording.peerId(port), port, 1, "started");
    }
    String target = announce(FIRST, 6881, 1, "started");
    assertThat(Bencode.of(client.dictionary(target + "&numwant=7"), "peers", String.class))
        .hasSize(42);
    assertThat(Bencode.of(client.dictionary(target + "&numwant=0"), "peers", String.class))
        .isEmpty();
    assertThat(files(client, "/scrape?info_hash=" + HASH + "&info_hash=" + "%aa".repeat(20)))
        .hasSize(2);
  }

  @Test
  void aSwarmThatIsFullLosesOneForEachThatComes() throws Exception {
    Announcer client = open(TrackerHost.OPEN + "[tracker.limits]\nmax_peers_per_swarm = 2\n");
    for (int port = 1000; port < 1003; port++) {
      counts(client, Recording.peerId(port), port, 1, "started");
    }
    assertThat(scraped(client, HASH)).hasToString("{complete=0, downloaded=0, incomplete=2}");
  }

  @Test
  void whatIsNotAllowedIsRefusedAndNotKept() throws Exception {
    Announcer client =
        open(
            TrackerHost.OPEN
                + """
                [[tracker.prehooks]]
                name = "client approval"
                config.client_id_list = ["TR"]
                """);
    String target = announce("-XX0001-000000000001", 6881, 1, "started");
    assertThat(client.dictionary(target))
        .containsEntry("failure reason", "client not allowed by gatehouse");
    assertThat(scraped(client, HASH)).hasToString("{complete=0, downloaded=0, incomplete=0}");
    assertThat(counts(client, "-TR3000-000000000001", 6881, 1, "started")).isEqualTo("0/1");
  }

  @Test
  void pagesAreWhereTheOperatorWantsThem() throws Exception {
    Announcer client =
        open(
            TrackerHost.OPEN.replace(
                "addr = \"[::]:6969\"\n[[tracker.udp]]",
                """
                addr = "[::]:6969"
                stats_routes = ["/numbers", "/numbers.json"]
                ping_routes = ["/ping"]
                [[tracker.http]]
                addr = "127.0.0.1:6970"
                [[tracker.udp]]\
                """));
    counts(client, FIRST, 6881, 1, "started");
    assertThat(client.get("/numbers")).contains(" 200 OK", "text/html", "<table");
    assertThat(Announcer.body(client.get("/numbers.json")))
        .contains("\"torrents\":", "\"peersAll\":");
    theOperatorSeesAndTakesOut();
    assertThat(host.daemon().get("/tracker/stats.json")).contains("\"torrents\":", "\"uptime\":");
    assertThat(client.get("/ping")).contains(" 200 OK").endsWith("\r\n\r\n");
    assertThat(client.speak("HEAD /ping HTTP/1.0\r\n\r\n")).contains(" 200 OK");
    assertThat(client.get("/stats")).contains(" 404 ");
    try (Announcer other = host.from("127.0.0.1", 6970)) {
      assertThat(other.get("/numbers")).contains(" 404 ");
    }
  }

  private void theOperatorSeesAndTakesOut() throws ControlException {
    String hash = HASH.replace("%", "");
    Program.Ended probe = host.daemon().command("tracker", "probe", "--delay", "1ms");
    assertThat(probe.code()).as(probe.output() + probe.errors()).isZero();
    assertThat(probe.output().lines()).hasSize(6).allMatch(line -> line.startsWith("ok "));
    try (GatehouseClient operator = operator()) {
      assertThat(operator.tracker().swarm(hash, 9).peers())
          .extracting(SwarmPeer::address)
          .containsExactly("127.0.0.1:6881");
      assertThat(operator.tracker().remove(hash)).isEqualTo(1);
    }
  }

  @Test
  void aClientKeepsItsConnectionForAsLongAsItLikes() throws Exception {
    Announcer client = open(TrackerHost.OPEN);
    String target = announce(FIRST, 6881, 1, "started");
    String two =
        client.speak(
            "GET "
                + target
                + " HTTP/1.1\r\nHost: ::1:6969\r\n\r\n"
                + "GET "
                + target
                + " HTTP/1.1\r\nConnection: close\r\n\r\n");
    assertThat(two.split("HTTP/1.1 200 OK", -1)).hasSize(3);
  }

  @Test
  void itSpeaksTls() throws Exception {
    try (Announcer _ = open(TrackerHost.OPEN)) {
      Path chain = host.scene().certificate().chain();
      Path key = host.scene().certificate().key();
      Daemon tls =
          second(
              "[[tracker.http]]\naddr = \"127.0.0.1:6443\"\ntls = true\ntls_cert = \"%s\"\ntls_key = \"%s\"\n"
                  .formatted(chain, key));
      Program.Ended curl =
          host.namespace()
              .run(
                  List.of(
                      Peer.require("curl", "curl"),
                      "-ksS",
                      "https://127.0.0.1:6443"
                          + announce(FIRST, 6881, 1, "started")
                          // as text, since addresses are none
                          + "&compact=0&no_peer_id=1"));
      assertThat(curl.output()).startsWith("d8:completei0e10:incompletei1e").contains("127.0.0.1");
      assertThat(tls.stop().code()).isZero();
    }
  }

  /** Another daemon on the same host, with its ops listener elsewhere. */
  private Daemon second(String frontends) {
    return host.scene()
        .gatehouse("second", "[ops]\nlisten = \"127.0.0.1:9091\"\n[tracker]\n" + frontends);
  }

  @Test
  void reloadsOfListsKeysAndLimitsLoseNoPeerAndNoRequest() throws Exception {
    Announcer client = open(TrackerHost.OPEN);
    counts(client, FIRST, 6881, 1, "started");
    try (TrackerLoad load = new TrackerLoad(host.from("127.0.0.1"))) {
      Reloaded first = reload("private_key = \"one\"\nworkers = 7" + deny("aa".repeat(20)));
      assertThat(first.applied()).contains("tracker.prehooks", "tracker.udp[0].private_key");
      assertThat(first.needsRestart()).containsExactly("tracker.udp[0].workers");
      assertThat(
              client.dictionary(
                  announce(SECOND, 6882, 1, "started").replace(HASH, "%aa".repeat(20))))
          .containsEntry("failure reason", "torrent not allowed by gatehouse");
      long before = load.answered();
      Await.until("more is answered", () -> load.answered() > before + 50);
      String limit = "[tracker.limits]\nrequests_per_address = 1000000";
      Reloaded second = reload("private_key = \"two\"\n" + limit + deny("bb".repeat(20)));
      assertThat(second.applied()).contains("tracker.limits.requests_per_address");
      assertThat(
              client.dictionary(
                  announce(SECOND, 6882, 1, "started").replace(HASH, "%aa".repeat(20))))
          .containsEntry("incomplete", 1L);
      long after = load.answered();
      Await.until("still more is answered", () -> load.answered() > after + 50);
      assertThat(load.surprises()).isEmpty();
    }
    assertThat(counts(client, SECOND, 6882, 1, "started")).isEqualTo("0/2");
  }

  /** Adds this to the file and has it read again. */
  private Reloaded reload(String more) throws Exception {
    Files.writeString(
        folder.resolve("gatehouse").resolve("gatehouse.toml"), TrackerHost.OPEN + more);
    try (GatehouseClient operator = operator()) {
      return operator.daemon().reload();
    }
  }

  private GatehouseClient operator() throws ControlException {
    return GatehouseClient.open(
        folder.resolve("gatehouse").resolve("gatehouse-data").resolve("control.sock"));
  }

  private static String deny(String torrent) {
    return """

    [[tracker.prehooks]]
    name = "torrent approval"
    [tracker.prehooks.config]
    initial_source = "list"
    configuration = { hash_list = ["%s"], invert = true }
    """
        .formatted(torrent);
  }

  @Test
  void aStopAnswersWhatHasBegun() throws Exception {
    Announcer client = open(TrackerHost.OPEN);
    String request = "GET " + announce(FIRST, 6881, 1, "started") + " HTTP/1.1\r\n\r\n";
    try (Socket socket = client.connected()) {
      socket.setSoTimeout(10_000);
      say(socket, request.substring(0, 40));
      String connections =
          "gatehouse_listener_connections"
              + "{listener=\"[::]:6969\",remote_scope=\"loopback\",service=\"tracker\"}";
      Await.until("it is connected", () -> host.daemon().metric(connections) == 1);
      host.daemon().askToStop();
      host.daemon().awaitLog("draining");
      say(socket, request.substring(40));
      String answer =
          new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
      assertThat(answer).contains(" 200 OK", "d8:completei0e10:incompletei1e");
    }
    assertThat(host.daemon().stop().code()).isZero();
  }

  private static void say(Socket socket, String words) throws IOException {
    socket.getOutputStream().write(words.getBytes(StandardCharsets.ISO_8859_1));
  }

  @Test
  void theTrackerAloneCanBeDrained() throws Exception {
    Announcer client = open(TrackerHost.OPEN);
    counts(client, FIRST, 6881, 1, "started");
    Program.Ended drained = host.daemon().command("drain", "tracker");
    assertThat(drained.code()).as(drained.errors()).isZero();
    Await.until("the port is closed", () -> !host.namespace().isListening(TrackerHost.PORT));
    assertThat(host.daemon().get("/healthz")).isNotEmpty();
  }

  private Announcer open(String configuration) {
    host = new TrackerHost(folder, configuration);
    return host.from("127.0.0.1");
  }

  private static String announce(String peerId, int port, long left, String event) {
    return "/announce?info_hash="
        + HASH
        + "&peer_id="
        + peerId
        + "&port="
        + port
        + "&left="
        + left
        + REST
        + "&event="
        + event;
  }

  private static String counts(Announcer client, String peerId, int port, long left, String event)
      throws Exception {
    Map<String, Object> answer = client.dictionary(announce(peerId, port, left, event));
    return answer.get("complete") + "/" + answer.get("incomplete");
  }

  private static Map<?, ?> scraped(Announcer client, String hash) throws Exception {
    return (Map<?, ?>) files(client, "/scrape?info_hash=" + hash).values().iterator().next();
  }

  private static Map<?, ?> files(Announcer client, String target) throws Exception {
    return Bencode.of(client.dictionary(target), "files", Map.class);
  }
}
