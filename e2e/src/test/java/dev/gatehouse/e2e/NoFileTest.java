package dev.gatehouse.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What somebody sees who starts the daemon and has written nothing at all. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NoFileTest {

  private static final String DOOR = L7Routes.DOOR;

  @TempDir private static Path folder;
  private Namespace host;
  private Daemon gatehouse;

  @BeforeAll
  void start() {
    host = Namespace.create(folder);
    gatehouse = Daemon.startWithoutFile(host, folder);
  }

  @AfterAll
  void end() {
    gatehouse.close();
    host.close();
  }

  @ParameterizedTest
  @CsvSource({"--http1.1, 1.1", "--http2, 2"})
  void theDaemonsOwnListenerIsServedWithTls(String option, String version) {
    Program.Ended curl =
        host.run(Curl.command("localhost", DOOR, "/healthz", option, "-w", "%{http_version}"));
    assertThat(curl.code()).as(curl.errors()).isZero();
    assertThat(curl.output()).contains("\"status\":\"ok\"").endsWith(version);
  }

  @Test
  void theCertificateIsThatOfTheDaemonAndStays() {
    Program.Ended curl =
        Curl.get(
            host,
            "localhost",
            DOOR,
            "--no-insecure",
            "--cacert",
            folder.resolve("gatehouse-data/certs/localhost.pem").toString());
    assertThat(curl.code()).as(curl.errors()).isZero();
  }

  @Test
  void whoSendsNoNameIsLedThereToo() {
    Program.Ended client =
        OpensslClient.send(
            host,
            DOOR,
            "GET /healthz HTTP/1.1\\r\\nHost: localhost\\r\\nConnection: close\\r\\n\\r\\n",
            "-noservername");
    assertThat(client.output()).as(client.errors()).contains("HTTP/1.1 200");
  }
}
