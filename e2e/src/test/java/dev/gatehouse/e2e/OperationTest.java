package dev.gatehouse.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an operator does with a daemon that runs, by the commands alone. */
class OperationTest {

  private static final String NAME = "git.example.org";
  private static final String DOOR = "127.0.0.1:8443";
  private static final String OTHER_DOOR = "127.0.0.1:8444";

  private static final String CONFIGURATION =
      """
      [ops]
      [watch]
      [firewall]
      rate_limit = 100
      [proxy]
      hello_timeout = "50s"
      [[proxy.listeners]]
      addr = "127.0.0.1:8443"
      routes = [ { hostname = "git.example.org", backend = "127.0.0.1:9441" } ]
      """;

  @TempDir private Path folder;
  private Scene scene;
  private Namespace host;
  private Daemon gatehouse;

  @BeforeEach
  void start() {
    scene = Scene.create(folder);
    host = scene.host();
    scene.nginx(
        Nginx.page("127.0.0.1:9441 ssl http2", "git"),
        Nginx.page("127.0.0.1:9442 ssl http2", "www"));
    gatehouse = scene.gatehouse(CONFIGURATION);
  }

  @AfterEach
  void end() {
    scene.close();
  }

  @Test
  void aRouteIsAddedMovedAndRemovedWhileTheDaemonRuns() {
    assertThat(page("www.example.org", DOOR)).isEmpty();
    succeed("routes", "add", "www.example.org", "127.0.0.1:9442");
    assertThat(page("www.example.org", DOOR)).startsWith("I am www");
    succeed("routes", "add", "www.example.org", "127.0.0.1:9441");
    assertThat(page("www.example.org", DOOR)).startsWith("I am git");
    succeed("routes", "remove", "www.example.org");
    assertThat(page("www.example.org", DOOR)).isEmpty();
    gatehouse.awaitLog("msg=control method=RemoveRoute");
  }

  @Test
  void whatWasChangedOutlivesARestart() {
    succeed("routes", "add", "www.example.org", "127.0.0.1:9442");
    succeed("listeners", "limit", "7");
    succeed("firewall", "add", "ip", "192.0.2.1");
    gatehouse.kill();
    gatehouse = scene.gatehouse(CONFIGURATION);
    assertThat(page("www.example.org", DOOR)).startsWith("I am www");
    assertThat(succeed("listeners", "list", "--json")).contains("\"max_connections\":7");
    assertThat(succeed("firewall", "list")).contains("192.0.2.1");
  }

  @Test
  void diffShowsExactlyTheLiveChangeAndApplyTakesItBack() {
    assertThat(gatehouse.command("config", "diff").code()).isZero();
    succeed("routes", "add", "www.example.org", "127.0.0.1:9442");
    Program.Ended diff = gatehouse.command("config", "diff");
    assertThat(diff.code()).isEqualTo(1);
    assertThat(diff.output().lines().toList()).hasSize(2);
    assertThat(diff.output().lines().toList().get(1))
        .matches(
            "route +127\\.0\\.0\\.1:8443 www\\.example\\.org +- +\\{.*127\\.0\\.0\\.1:9442.*}");
    succeed("config", "apply", "--dry-run");
    assertThat(gatehouse.command("config", "diff").code()).isEqualTo(1);
    assertThat(succeed("config", "apply")).contains("applied: 1 change");
    assertThat(gatehouse.command("config", "diff").code()).isZero();
    assertThat(page("www.example.org", DOOR)).isEmpty();
    assertThat(page(NAME, DOOR)).startsWith("I am git");
  }

  @Test
  void whatIsExportedIsTheSameConfiguration() throws IOException {
    succeed(
        "routes",
        "add",
        "*.example.net",
        "127.0.0.1:9442",
        "--send-proxy",
        "--idle-timeout",
        "90s");
    succeed("policies", "add", NAME, "block_user_agent", "BadBot");
    succeed("firewall", "add", "cidr", "192.0.2.0/24");
    Path toml = Files.writeString(folder.resolve("exported.toml"), succeed("config", "export"));
    Path yaml =
        Files.writeString(folder.resolve("exported.yaml"), succeed("config", "export", "--yaml"));
    Program.Ended checked = gatehouse.command("check", "--config", toml.toString());
    assertThat(checked.code()).as(checked.errors()).isZero();
    assertThat(gatehouse.command("check", "--config", yaml.toString()).output())
        .isEqualTo(checked.output());
    assertThat(gatehouse.command("config", "diff", toml.toString()).code()).isZero();
    Files.writeString(toml, checked.output());
    assertThat(gatehouse.command("config", "diff", toml.toString()).code()).isZero();
  }

  @Test
  void aListenerComesAndGoesWithoutARestart() throws Exception {
    Path more =
        Files.writeString(
            folder.resolve("more.toml"),
            CONFIGURATION
                + """
                [[proxy.listeners]]
                addr = "127.0.0.1:8444"
                routes = [ { hostname = "www.example.org", backend = "127.0.0.1:9442" } ]
                """);
    succeed("config", "apply", more.toString());
    assertThat(page("www.example.org", OTHER_DOOR)).startsWith("I am www");
    assertThat(succeed("exposure")).contains("8444").doesNotContain("unexpected");
    succeed("config", "apply");
    Await.until("the port is closed", () -> !host.isListening(8444));
    assertThat(page(NAME, DOOR)).startsWith("I am git");
  }

  @Test
  void aPortThatIsTakenRefusesAllOfAnApply() throws IOException {
    Path taken =
        Files.writeString(
            folder.resolve("taken.toml"),
            CONFIGURATION.replace(NAME, "changed.example.org")
                + "[[proxy.listeners]]\naddr = \"127.0.0.1:9441\"\n");
    Program.Ended refused = gatehouse.command("config", "apply", taken.toString());
    assertThat(refused.code()).isEqualTo(1);
    assertThat(refused.errors()).contains("127.0.0.1:9441: Address already in use");
    assertThat(page(NAME, DOOR)).startsWith("I am git");
    assertThat(gatehouse.command("config", "diff").code()).isZero();
  }

  @Test
  void theFileIsReadAgainOnAHangUpAndOnACommand() throws IOException {
    write(CONFIGURATION.replace("rate_limit = 100", "rate_limit = 50"));
    host.run(List.of("kill", "-HUP", Long.toString(gatehouse.pid())));
    gatehouse.awaitLog("msg=config_reloaded applied=firewall.rate_limit needs_restart=\"\"");
    write(
        CONFIGURATION
            .replace("hello_timeout = \"50s\"", "hello_timeout = \"40s\"\nbacklog = 99")
            .replace(NAME, "other.example.org"));
    String reloaded = succeed("reload");
    assertThat(reloaded)
        .contains("proxy.hello_timeout")
        .contains("firewall.rate_limit")
        .containsPattern("restart.*proxy\\.backlog");
    assertThat(page(NAME, DOOR)).as("the database rules routes").startsWith("I am git");
    assertThat(gatehouse.command("config", "diff").code()).isEqualTo(1);
  }

  @Test
  void aBadFileChangesNothing() throws IOException {
    write(CONFIGURATION.replace("rate_limit = 100", "rate_limt = 1"));
    Program.Ended reload = gatehouse.command("reload");
    assertThat(reload.code()).isEqualTo(2);
    assertThat(reload.errors())
        .contains("gatehouse.toml:4")
        .contains("did you mean \"rate_limit\"");
    gatehouse.awaitLog("msg=config_rejected");
    assertThat(page(NAME, DOOR)).startsWith("I am git");
  }

  @Test
  void aRuleThatClosesExistingConnectionsDoes() throws Exception {
    try (Insiders inside = Insiders.of(host, 1);
        Client silent = Client.connect(inside, "127.0.0.9", 8443)) {
      Await.until(
          "it is connected",
          () -> succeed("firewall", "explain", "127.0.0.9").contains("1 open connection"));
      assertThat(succeed("firewall", "add", "ip", "127.0.0.9", "--close-existing"))
          .contains("1 open connection was reset");
      assertThat(silent.end().reset()).isTrue();
    }
    assertThat(Curl.get(host, NAME, DOOR, "--interface", "127.0.0.9").code()).isIn(Curl.RESET);
  }

  @Test
  void aSnapshotIsADatabaseToStartFrom() throws IOException {
    succeed("routes", "add", "www.example.org", "127.0.0.1:9442");
    Path copy = folder.resolve("copy.db");
    succeed("snapshot", copy.toString());
    succeed("routes", "remove", "www.example.org");
    assertThat(gatehouse.command("snapshot", copy.toString()).code()).isNotZero();
    assertThat(gatehouse.stop().code()).isZero();
    Files.move(
        copy,
        folder.resolve("gatehouse/gatehouse-data/gatehouse.db"),
        StandardCopyOption.REPLACE_EXISTING);
    gatehouse = scene.gatehouse(CONFIGURATION);
    assertThat(page("www.example.org", DOOR)).startsWith("I am www");
  }

  @Test
  void aDrainedProxyLeavesTheDaemonRunning() throws Exception {
    String drained = succeed("drain", "proxy", "--for", "2s");
    assertThat(drained).contains("drained");
    assertThat(host.isListening(8443)).isFalse();
    assertThat(succeed("status")).containsPattern("proxy +off");
  }

  @Test
  void aDrainOfAllEndsTheDaemon() {
    Program.Ended drained = gatehouse.command("drain");
    assertThat(drained.code()).as(drained.errors()).isZero();
    assertThat(drained.output()).contains("drained");
    gatehouse.awaitLog("msg=stopped");
  }

  @Test
  void theLogIsToldToSayMore() {
    assertThat(gatehouse.log()).doesNotContain("level=debug");
    succeed("log-level", "debug");
    succeed("status");
    gatehouse.awaitLog("level=debug msg=control_call");
  }

  private String succeed(String... arguments) {
    Program.Ended ended = gatehouse.command(arguments);
    assertThat(ended.code()).as(ended.errors() + ended.output()).isZero();
    return ended.output();
  }

  /** What that name shows; nothing where it is refused. */
  private String page(String name, String door) {
    return Curl.get(host, name, door).output();
  }

  private void write(String configuration) throws IOException {
    Files.writeString(folder.resolve("gatehouse/gatehouse.toml"), configuration);
  }
}
