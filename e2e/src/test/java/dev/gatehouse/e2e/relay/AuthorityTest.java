package dev.gatehouse.e2e.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.e2e.Daemon;
import dev.gatehouse.e2e.Namespace;
import dev.gatehouse.testkit.Await;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A relay and an authority that is not ours. */
class AuthorityTest {

  private static final String DOMAIN = "relay.example.org";
  private static final int HTTPS = 5001;
  private static final int HTTP = 5002;
  private static final int NOBODY = 5003;
  private static final String SERVING = "\"relay\":\"serving\"";

  @TempDir private Path folder;
  private Namespace host;

  @BeforeEach
  void create() {
    host = Namespace.create(folder);
  }

  @AfterEach
  void close() {
    host.close();
  }

  @Test
  void aCertificateIsOrderedAndOutlivesTheAuthority() throws Exception {
    Path root;
    try (Pebble authority = new Pebble(host, folder, HTTPS, NOBODY);
        Daemon relay = relay(authority)) {
      relay.awaitLog("msg=certificate_renewed");
      root = authority.root();
      assertThat(healthz(root)).contains("\"status\":\"ok\"");
      Await.until("it is ready", () -> relay.get("/readyz").contains("\"ready\":true"));
      assertThat(renewals(relay)).isEqualTo(1);
    }
    try (Daemon again = Daemon.startAs(List.of("env"), host, folder, configuration())) {
      assertThat(again.get("/healthz")).contains(SERVING);
      assertThat(healthz(root)).contains("\"status\":\"ok\"");
      assertThat(again.log()).doesNotContain("certificate_failed");
    }
    assertThat(folder.resolve("certs")).isDirectoryContaining("glob:**/" + DOMAIN);
  }

  @Test
  void whoDoesNotLookAtTheTlsPortLooksAtTheOther() throws Exception {
    try (Pebble authority = new Pebble(host, folder, NOBODY, HTTP);
        Daemon relay = relay(authority)) {
      relay.awaitLog("msg=certificate_renewed");
      assertThat(healthz(authority.root())).contains("\"status\":\"ok\"");
    }
  }

  @Test
  void whoSeesNoProofIssuesNothing() throws Exception {
    try (Pebble authority = new Pebble(host, folder, NOBODY, NOBODY);
        Daemon relay = relay(authority)) {
      relay.awaitLog("msg=certificate_failed");
      assertThat(relay.log()).contains("err=not_proven");
      assertThat(relay.get("/readyz")).contains("relay: certificate");
    }
    assertThat(Files.exists(folder.resolve("certs").resolve(DOMAIN))).isFalse();
  }

  private Daemon relay(Pebble authority) throws Exception {
    String options = "GATEHOUSE_JAVA_OPTS=-XX:TieredStopAtLevel=1 " + authority.trust();
    return Daemon.startAs(List.of("env", options), host, folder, configuration());
  }

  private String configuration() {
    return """
    [ops]
    capability_check = "warn"
    [relay]
    https_listen = "127.0.0.1:%d"
    http_listen = "127.0.0.1:%d"
    domain = "%s"
    cert_cache = "%s"
    acme_directory = "%s"
    """
        .formatted(HTTPS, HTTP, DOMAIN, folder.resolve("certs"), Pebble.DIRECTORY);
  }

  private static double renewals(Daemon relay) {
    return relay.metric(
        "gatehouse_tls_certificate_renewals_total{outcome=\"ok\",service=\"relay\"}");
  }

  private String healthz(Path root) {
    String name = DOMAIN + ":" + HTTPS;
    return Pebble.ask(host, root, "--resolve", name + ":127.0.0.1", "https://" + name + "/healthz");
  }
}
