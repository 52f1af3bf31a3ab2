package dev.gatehouse.e2e.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.e2e.Daemon;
import dev.gatehouse.e2e.Peer;
import dev.gatehouse.e2e.Program;
import dev.gatehouse.e2e.Project;
import dev.gatehouse.e2e.Scene;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The relay, started as its predecessor is, under that one's name. */
class DropInTest {

  private static final int FAILED = 1;
  private static final int REFUSED = 2;

  @TempDir private Path folder;
  private Scene scene;
  private Program.Setting setting;

  @BeforeEach
  void create() throws IOException {
    scene = Scene.create(folder);
    // the tests run as root, which has every capability there is
    Path own = Files.createDirectory(folder.resolve("own"));
    setting = Daemon.setting(own).with("GATEHOUSE_OPS_CAPABILITY_CHECK", "warn");
    Files.createSymbolicLink(folder.resolve("pyrycode-relay"), Project.file("gatehouse"));
  }

  @AfterEach
  void close() {
    scene.close();
  }

  @Test
  void peersMeetAndNothingIsLeftBehind() {
    setting = setting.with("GATEHOUSE_RELAY_UPGRADE_BURST", "1000").with("FLY_APP_NAME", "relay");
    setting = setting.with("PYRYCODE_RELAY_SINGLE_INSTANCE", "1");
    try (Program relay =
        scene
            .host()
            .start(setting, command("-insecure-listen", ":8080", "--max-connections=100"))) {
      relay.awaitErrors("msg=ready");
      assertThat(get("127.0.0.1:8080/healthz"))
          .matches(
              "\\{\"status\":\"ok\",\"version\":\"[^\"]+\",\"connected_binaries\":0,"
                  + "\"connected_phones\":0,\"uptime_seconds\":[0-9]+}");
      Program.Ended peers =
          scene
              .nodeTask("relay-peers.js", "check", "ws://127.0.0.1:8080", "127.0.0.1:8080")
              .await();
      assertThat(peers.code()).as(peers.output() + peers.errors()).isZero();
      assertThat(get("127.0.0.1:9090/metrics"))
          .contains(
              "pyrycode_relay_ws_upgrade_attempts_total{endpoint=\"server\",outcome=\"accept\"}")
          .doesNotContain("pyrycode_relay_push_wakes_total");
      assertThat(get("127.0.0.1:9090/healthz"))
          .contains("\"relay\":\"serving\",\"tracker\":\"off\"");
      relay.terminate();
      assertThat(relay.await().code()).isZero();
      assertThat(setting.folder()).isEmptyDirectory();
    }
  }

  @Test
  void allMistakesAreToldAtOnceAndNoSecret() {
    setting = setting.with("FLY_APP_NAME", "relay").with("PYRYCODE_RELAY_PRODUCTION", "yes");
    setting = setting.with("PYRYCODE_RELAY_FCM_CREDENTIALS", "s3cret");
    Program.Ended ended =
        refused("--insecure-listen=:8080", "--http-listen=:80", "--max-connections=0", "--nope");
    assertThat(ended.errors().lines().filter(line -> line.contains("level=error")))
        .satisfiesExactly(
            line -> assertThat(line).contains("check=usage", "--nope"),
            line -> assertThat(line).contains("check=exclusive", "cannot be combined"),
            line -> assertThat(line).contains("check=limits", "--max-connections"),
            line -> assertThat(line).contains("check=env", "malformed-value"),
            line -> assertThat(line).contains("check=env", "value withheld"),
            line ->
                assertThat(line)
                    .contains("multi-instance deploy detected", "PYRYCODE_RELAY_SINGLE_INSTANCE"));
    assertThat(ended.errors()).doesNotContain("s3cret");
  }

  @Test
  void productionWantsTlsAndAUserOfItsOwn() {
    setting = setting.with("PYRYCODE_RELAY_PRODUCTION", "1");
    assertThat(refused("--insecure-listen", "127.0.0.1:8080").errors())
        .contains("insecure_listen is refused in production", "running as root is refused");
  }

  @Test
  void keysAreNotKeptWhereOthersCanLook() throws IOException {
    Path open = Files.createDirectory(folder.resolve("certs"));
    Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxr-xr-x"));
    List<String> command = command("--domain=relay.example.org", "--cert-cache", open.toString());
    Program.Ended ended = Program.run(setting, scene.host().inside(command));
    assertThat(ended.code()).as(ended.errors()).isEqualTo(FAILED);
    assertThat(ended.errors())
        .contains("check=cert_cache", "certs: permissions rwxr-xr-x, expected rwx------");
  }

  @Test
  void withoutAnArgumentItSaysWhatItWants() {
    assertThat(refused().errors()).contains("neither --domain nor --insecure-listen is set");
    Program.Ended version = Program.run(setting, scene.host().inside(command("--version")));
    assertThat(version.code()).isZero();
    assertThat(version.output().lines()).hasSize(1);
  }

  private Program.Ended refused(String... arguments) {
    Program.Ended ended = Program.run(setting, scene.host().inside(command(arguments)));
    assertThat(ended.code()).as(ended.errors()).isEqualTo(REFUSED);
    return ended;
  }

  private List<String> command(String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(folder.resolve("pyrycode-relay").toString());
    command.addAll(List.of(arguments));
    return command;
  }

  private String get(String url) {
    return scene.host().run(List.of(Peer.require("curl", "curl"), "-sS", url)).output();
  }
}
