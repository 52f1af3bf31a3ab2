package dev.gatehouse.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What refuses the start, with which code and in which words. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BootTest {

  private static final int FAILED = 1;
  private static final int REFUSED = 2;

  @TempDir private static Path folder;
  private Namespace host;

  @BeforeAll
  void createHost() {
    host = Namespace.create(folder);
  }

  @AfterAll
  void removeHost() {
    host.close();
  }

  @ParameterizedTest
  @CsvSource({
    "0.0.0.0:9090, not a loopback address; use 127.0.0.1:9090",
    "10.77.0.1:9090, not a loopback address; use 127.0.0.1:9090",
    "[::]:9090, not a loopback address; use 127.0.0.1:9090",
    "localhost:9090, host names are refused",
    ":9090, 127.0.0.1:9090",
    "127.1:9090, host names are refused",
    "127.0.0.1:0, expected IP:PORT with a port from 1 to 65535",
    "127.0.0.1:99999, expected IP:PORT with a port from 1 to 65535",
    "127.0.0.1, expected IP:PORT with a port from 1 to 65535",
  })
  void anOpsListenerThatIsNotLoopbackRefusesTheStart(String listen, String expectation) {
    Program.Ended ended = Daemon.refused(host, folder, "[ops]\nlisten = \"" + listen + "\"\n");
    assertThat(ended.code()).as(ended.errors()).isEqualTo(REFUSED);
    assertThat(ended.errors())
        .contains("gatehouse.toml:2: ops.listen = \"" + listen + "\": ", expectation)
        .contains("reach it from elsewhere through an SSH tunnel or a sidecar")
        .doesNotContain("Exception");
  }

  @Test
  void anEmptyOpsListenerIsSwitchedOff() {
    String ss = Peer.require("ss", "iproute2");
    try (Daemon daemon = Daemon.start(host, folder, "[ops]\nlisten = \"\"\n[watch]\n")) {
      assertThat(host.run(List.of(ss, "-Htln")).output()).isBlank();
      assertThat(daemon.command("exposure", "--output", "json").code()).isZero();
    }
  }

  @Test
  void blockedCountriesWithoutTheirDatabaseRefuseTheStart() throws IOException {
    Program.Ended ended =
        Daemon.refused(
            host,
            Files.createDirectory(folder.resolve("countries")),
            "[firewall]\nblocked_countries = [\"NL\"]\ngeoip_db = \"missing.mmdb\"\n");
    assertThat(ended.code()).as(ended.errors()).isEqualTo(REFUSED);
    assertThat(ended.errors())
        .contains("check=firewall", "firewall.geoip_db: missing.mmdb: no such file")
        .doesNotContain("Exception");
  }

  @Test
  void aPortInUseStopsTheProcess() {
    try (Daemon first = Daemon.start(host, folder, "[ops]\n")) {
      Program.Ended second =
          Daemon.refused(host, folder, "[ops]\ncontrol = \"other/control.sock\"\n");
      assertThat(second.code()).as(second.errors()).isEqualTo(FAILED);
      assertThat(second.errors())
          .contains("ops.listen 127.0.0.1:9090: ", "in use")
          .doesNotContain("Exception");
      assertThat(first.get("/healthz")).contains("\"status\":\"ok\"");
    }
  }

  @Test
  void fiveMistakesAreFiveErrorsInOneRun() {
    Program.Ended ended =
        Daemon.refused(
            host,
            folder,
            """
            [ops]
            listen = "localhost:9090"
            shutdown_timeout = "soon"
            [wtach]
            [watch]
            socket_source = "netlnk"
            max_listening_series = 0
            """);
    assertThat(ended.code()).isEqualTo(REFUSED);
    assertThat(ended.errors())
        .contains("gatehouse.toml:2: ops.listen = \"localhost:9090\": ")
        .contains("gatehouse.toml:3: ops.shutdown_timeout = \"soon\": ")
        .contains("gatehouse.toml:4: wtach: ", "did you mean \"watch\"?")
        .contains("gatehouse.toml:6: watch.socket_source = \"netlnk\": ", "\"netlink\"?")
        .contains("gatehouse.toml:7: watch.max_listening_series = 0: expected 1–65536");
  }

  @Test
  void aPortThatIsNotExpectedRefusesTheStart() {
    Program.Ended ended =
        Daemon.refused(
            host, folder, "[ops]\nproduction = true\nexpected_ports = [\"443/tcp\"]\n[watch]\n");
    // the ops listener joins by itself, and root is what production refuses
    assertThat(ended.code()).isEqualTo(REFUSED);
    assertThat(ended.errors()).contains("running as root is refused in production");
  }

  @Test
  void aPortThatTheJvmOpensOnTheSideRefusesTheStart() {
    Program.Setting setting =
        Daemon.setting(folder)
            .with(
                "GATEHOUSE_JAVA_OPTS",
                "-Dcom.sun.management.jmxremote.port=7091"
                    + " -Dcom.sun.management.jmxremote.authenticate=false"
                    + " -Dcom.sun.management.jmxremote.ssl=false");
    Program.Ended ended = Daemon.refused(host, setting, "[ops]\n");
    assertThat(ended.code()).as(ended.errors()).isEqualTo(REFUSED);
    assertThat(ended.errors())
        .contains("audit: listening but not intended: tcp [::]:7091 (public); close it or add it");
  }

  @Test
  void aRehearsalIsAWholeStartAndAWholeStop() {
    Program.Ended ended =
        Program.run(Daemon.setting(folder), host.inside(Daemon.commandLine("rehearse")));
    assertThat(ended.code()).as(ended.errors()).isZero();
    assertThat(ended.errors()).contains("msg=ready", "msg=control_closed");
  }

  @Test
  void aSignalEndsItCleanly() {
    try (Daemon daemon = Daemon.start(host, folder, "[ops]\n[watch]\n")) {
      Program.Ended ended = daemon.stop();
      assertThat(ended.code()).as(ended.errors()).isZero();
      assertThat(ended.errors()).contains("shutdown signal received; draining");
    }
  }
}
