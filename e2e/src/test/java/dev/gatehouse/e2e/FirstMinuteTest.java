package dev.gatehouse.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What somebody sees who starts the daemon with the file that comes with it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FirstMinuteTest {

  private static final String DOOR = "127.0.0.1:8443";
  private static final String WELCOME = "welcome.localhost";
  private static final String SOME_PORT = "127\\.0\\.0\\.1:[0-9]{5}\n";
  private static final int VISITS = 10;

  @TempDir private static Path folder;
  private Scene scene;
  private Namespace host;
  private Daemon gatehouse;

  @BeforeAll
  void start() throws IOException {
    scene = Scene.create(folder);
    host = scene.host();
    gatehouse = scene.gatehouse(Files.readString(Project.file("gatehouse.toml")));
  }

  @AfterAll
  void end() {
    scene.close();
  }

  @Test
  void thePageOfTheReadmeIsThePageThatOneSees() throws IOException {
    Program.Ended curl = Curl.get(host, WELCOME, DOOR);
    assertThat(curl.code()).as(curl.errors()).isZero();
    assertThat(Files.readString(Project.file("README.md")).replaceAll(SOME_PORT, "CLIENT\n"))
        .contains("\n$ curl -k https://welcome.localhost:8443\n")
        .contains(curl.output().replaceAll(SOME_PORT, "CLIENT\n"));
  }

  @Test
  void theConsoleComesOverHttp2WithoutAnythingHavingBeenConfigured() {
    Program.Ended curl =
        host.run(
            Curl.command("localhost", DOOR, "/console", "-w", "%{http_version} %{http_code}\n"));
    assertThat(curl.output()).contains("<title>Gatehouse</title>").endsWith("2 200\n");
  }

  @Test
  void thePageNamesTheClientThroughTheFrontDoor() {
    Program.Ended curl = Curl.get(host, WELCOME, DOOR, "--interface", "127.0.0.9");
    assertThat(curl.output())
        .containsPattern("\n  you +127\\.0\\.0\\.9:[0-9]+\n")
        .containsPattern("\n  you called +127\\.0\\.0\\.1:8443\n");
  }

  @Test
  void thePageNeverBreaksOff() {
    for (int i = 0; i < VISITS; i++) {
      Curl.get(host, WELCOME, DOOR);
    }
    assertThat(gatehouse.log()).contains("cause=").doesNotContain("backend_reset");
  }

  @Test
  void theDaemonExpectsEveryListenerOfItsOwn() {
    Program.Ended exposure = gatehouse.command("exposure");
    assertThat(exposure.output())
        .contains("own (proxy)", "own (welcome)", "own (ops)")
        .doesNotContain("unjudged");
  }
}
