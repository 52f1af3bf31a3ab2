package dev.gatehouse.e2e.tracker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.e2e.Insiders;
import dev.gatehouse.e2e.Peer;
import dev.gatehouse.e2e.Program;
import dev.gatehouse.e2e.Scene;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Behind proxies the tracker registers the client, as those say whom it trusts, and nobody else.
 */
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TrackerBehindProxiesTest {

  private static final String FORGED = "203.0.113.66";
  private static final int BEHIND_DOOR = 6969;
  private static final int BEHIND_HAPROXY = 6970;

  /** One that is trusted in front, and one that is not. */
  private static final String HAPROXY =
      """
      frontend front
        bind 127.0.0.2:7001
        default_backend tracker
      backend tracker
        server tracker 127.0.0.1:6970 source 127.0.0.3 send-proxy-v2
      frontend stranger
        bind 127.0.0.2:7002
        default_backend strange
      backend strange
        server tracker 127.0.0.1:6970 source 127.0.0.66 send-proxy-v2
      """;

  @TempDir private static Path folder;
  private Scene scene;
  private Insiders inside;

  @BeforeAll
  void open() throws Exception {
    scene = Scene.create(folder);
    inside = Insiders.of(scene.host(), 1);
    scene.gatehouse(
        """
        [ops]
        [proxy]
        [[proxy.listeners]]
        addr = "127.0.0.1:8443"
        [[proxy.listeners.routes]]
        hostname = "tracker.example.org"
        mode = "l7"
        backend = "127.0.0.1:6969"
        tls_cert = "%s"
        tls_key = "%s"
        [tracker]
        external_ip = true
        [[tracker.http]]
        addr = "127.0.0.1:6969"
        real_ip_header = "X-Forwarded-For"
        trusted_proxies = ["127.0.0.1/32"]
        [[tracker.http]]
        addr = "127.0.0.1:6970"
        proxy_protocol = true
        trusted_proxies = ["127.0.0.3/32"]
        """
            .formatted(scene.certificate().chain(), scene.certificate().key()));
    scene.haProxy(7001, HAPROXY);
  }

  @AfterAll
  void close() {
    inside.close();
    scene.close();
  }

  @Test
  void theFrontDoorOfTheSameDaemonTellsTheClientsAddress() {
    assertThat(external(throughTheDoor(1, "127.0.0.9"))).isEqualTo("127.0.0.9");
  }

  @Test
  void whatAClientWritesIntoTheFieldItselfDoesNotCount() {
    String answer = throughTheDoor(2, "127.0.0.10", "-H", "X-Forwarded-For: " + FORGED);
    assertThat(external(answer)).isEqualTo("127.0.0.10");
  }

  @Test
  void aFieldFromWhomNobodyTrustsDoesNotCount() throws Exception {
    try (Announcer stranger = new Announcer(inside, "127.0.0.66", "127.0.0.1", BEHIND_DOOR)) {
      Map<String, Object> answer = stranger.dictionary(announce(3), "X-Forwarded-For: " + FORGED);
      assertThat(address(Bencode.of(answer, "external ip", String.class))).isEqualTo("127.0.0.66");
      assertThat(address(Bencode.of(answer, "peers", String.class).substring(0, 4)))
          .isEqualTo("127.0.0.66");
    }
  }

  @Test
  void haProxyTellsTheClientsAddressInItsHeader() {
    assertThat(external(curl("http://127.0.0.2:7001" + announce(4), "--interface", "127.0.0.11")))
        .isEqualTo("127.0.0.11");
  }

  @Test
  void aHeaderFromAStrangerEndsTheConnection() throws Exception {
    assertThat(curl("http://127.0.0.2:7002" + announce(5))).isEmpty();
    try (Announcer stranger = new Announcer(inside, "127.0.0.66", "127.0.0.1", BEHIND_HAPROXY)) {
      String header = "PROXY TCP4 " + FORGED + " 127.0.0.1 1 2\r\n";
      assertThat(reset(stranger, header + "GET " + announce(6) + " HTTP/1.0\r\n\r\n")).isTrue();
    }
  }

  private static boolean reset(Announcer stranger, String words) throws Exception {
    try {
      return stranger.speak(words).isEmpty();
    } catch (SocketException _) {
      return true;
    }
  }

  private String throughTheDoor(int torrent, String source, String... options) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "-k", "--resolve", "tracker.example.org:8443:127.0.0.1", "--interface", source));
    all.addAll(List.of(options));
    return curl("https://tracker.example.org:8443" + announce(torrent), all.toArray(String[]::new));
  }

  /** The answer's bytes as hex digits, since they are no text. */
  private String curl(String url, String... options) {
    List<String> command = new ArrayList<>(List.of(Peer.require("curl", "curl"), "-sS"));
    command.addAll(List.of(options));
    command.add(url);
    String line = "'" + String.join("' '", command) + "' | od -An -v -tx1 | tr -d ' \\n'";
    Program.Ended ended = scene.host().run(List.of("bash", "-c", line));
    return new String(HexFormat.of().parseHex(ended.output().strip()), StandardCharsets.ISO_8859_1);
  }

  private static String announce(int torrent) {
    return "/announce?info_hash="
        + Recording.escaped(torrent)
        + "&peer_id="
        + Recording.peerId(torrent)
        + "&port=7000&uploaded=0&downloaded=0&left=1&compact=1";
  }

  private static String external(String answer) {
    Map<String, Object> read = Bencode.dictionary(answer);
    String peers = Bencode.of(read, "peers", String.class);
    assertThat(read).as(answer).containsKey("external ip");
    String external = address(Bencode.of(read, "external ip", String.class));
    assertThat(address(peers.substring(0, 4))).isEqualTo(external);
    return external;
  }

  private static String address(String bytes) {
    return "%d.%d.%d.%d"
        .formatted(
            (int) bytes.charAt(0),
            (int) bytes.charAt(1),
            (int) bytes.charAt(2),
            (int) bytes.charAt(3));
  }
}
