package dev.gatehouse.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** One Gatehouse at the edge, another one at the origin, as in the guide. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MultiHopTest {

  private static final String NAME = "git.example.org";
  private static final String EDGE_DOOR = "127.0.0.1:443";
  private static final String ORIGIN_DOOR = Namespace.PRIVATE_ADDRESS + ":443";

  private static final String CLIENT = "127.0.0.8";
  private static final String BLOCKED = "127.0.0.9";

  @TempDir private static Path folder;
  private Scene scene;
  private Namespace host;
  private Nginx nginx;
  private Daemon origin;

  @BeforeAll
  void openBothDoors() throws IOException {
    Markdown guide = Markdown.read(Project.file("docs/guide.md"));
    scene = Scene.create(folder);
    host = scene.host();
    nginx = scene.nginx(Nginx.page("127.0.0.1:9441 ssl http2 proxy_protocol", "git"));
    origin = scene.gatehouse("origin", origin(guide.example("# origin.toml")));
    scene.gatehouse("edge", edge(guide.example("# edge.toml")));
  }

  @AfterAll
  void closeBothDoors() {
    scene.close();
  }

  @Test
  void theClientsAddressArrivesBehindTheSecondHop() {
    Program.Ended curl = Curl.get(host, NAME, EDGE_DOOR, "--interface", CLIENT);
    assertThat(curl.code()).as(curl.errors()).isZero();
    assertThat(curl.output()).startsWith("I am git, told of 127.0.0.8, by HTTP/2.0");
    origin.awaitLog("client=127.0.0.8:");
  }

  @Test
  void theOriginsFirewallSeesTheClientBehindTheEdge() throws IOException {
    Program.Ended curl = Curl.get(host, NAME, EDGE_DOOR, "--interface", BLOCKED);
    assertThat(curl.code()).isIn(Curl.RESET);
    assertThat(originsMetrics())
        .contains("\ngatehouse_firewall_blocked_total{reason=\"ip\"} 1.0\n");
    assertThat(nginx.accessLog()).doesNotContain(BLOCKED);
  }

  @Test
  void nobodyReachesTheOriginAroundTheEdge() throws IOException {
    Program.Ended curl =
        Curl.get(host, NAME, ORIGIN_DOOR, "--interface", "127.0.0.7", "--haproxy-protocol");
    assertThat(curl.code()).isIn(Curl.RESET);
    assertThat(originsMetrics())
        .contains(
            "\ngatehouse_proxy_protocol_errors_total"
                + "{listener=\"10.77.0.1:443\",reason=\"untrusted\"} 1.0\n");
    assertThat(nginx.accessLog()).doesNotContain("127.0.0.7");
  }

  private static String edge(String example) {
    return example
        .replace("addr = \":443\"", "addr = \"" + EDGE_DOOR + "\"")
        .replace("10.0.0.5", Namespace.PRIVATE_ADDRESS);
  }

  /** Blocks the edge's own address too, which must not matter to those who come through it. */
  private static String origin(String example) {
    return example
        .replace("[ops]\n", "[ops]\nlisten = \"127.0.0.2:9090\"\n")
        .replace("\"198.51.100.7\"", "\"%s\", \"%s\"".formatted(BLOCKED, Namespace.PRIVATE_ADDRESS))
        .replace("10.0.0.5", Namespace.PRIVATE_ADDRESS)
        .replace("10.0.0.2", Namespace.PRIVATE_ADDRESS);
  }

  private String originsMetrics() {
    String curl = Peer.require("curl", "curl");
    return host.run(List.of(curl, "-sS", "http://127.0.0.2:9090/metrics")).output();
  }
}
