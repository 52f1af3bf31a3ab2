package dev.gatehouse.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How real clients come to an understanding with a front door that speaks TLS itself. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TerminationTest {

  private static final String DOOR = L7Routes.DOOR;
  private static final String OLD_TLS = "--tls-max 1.2";

  @TempDir private static Path folder;
  private Scene scene;
  private Namespace host;
  private Daemon gatehouse;

  @BeforeAll
  void openTheDoor() {
    scene = Scene.create(folder);
    host = scene.host();
    scene.nginx(
        Nginx.page("127.0.0.1:9440", "plain"), Nginx.page("127.0.0.1:9441 ssl", "passed through"));
    gatehouse =
        scene.gatehouse(
            L7Routes.of(scene.certificate())
                .to("www", "127.0.0.1:9440")
                .to("old", "127.0.0.1:9440", "tls_min_version = \"1.2\"")
                .to("resumed", "127.0.0.1:9440")
                .to("failing", "127.0.0.1:9440")
                .through("through", "127.0.0.1:9441")
                .file());
  }

  @AfterAll
  void closeTheDoor() {
    scene.close();
  }

  @ParameterizedTest
  @CsvSource({"--http1.1, 1.1, http/1.1", "--http2, 2, h2"})
  void aPageComesOverEitherProtocol(String option, String version, String label) {
    Metrics before = Metrics.of(gatehouse);
    Program.Ended curl = Curl.get(host, "www.example.org", DOOR, option, "-w", "%{http_version}");
    assertThat(curl.code()).as(curl.errors()).isZero();
    assertThat(curl.output()).startsWith("I am plain").endsWith("HTTP/1.1\n" + version);
    Metrics after = Metrics.of(gatehouse);
    assertThat(
            after.growth(
                before,
                "gatehouse_proxy_requests_total",
                route("www"),
                "protocol=\"" + label + "\""))
        .isEqualTo(1);
    assertThat(
            after.growth(
                before,
                "gatehouse_proxy_responses_total",
                route("www"),
                "code=\"200\"",
                "origin=\"backend\""))
        .isEqualTo(1);
  }

  @Test
  void aClientThatNamesNoProtocolGetsHttp1() {
    Program.Ended curl =
        Curl.get(host, "www.example.org", DOOR, "--no-alpn", "-w", "%{http_version}");
    assertThat(curl.output()).as(curl.errors()).startsWith("I am plain").endsWith("1.1");
  }

  @Test
  void aClientWithWhomNoProtocolIsSharedIsToldSo() {
    Program.Ended client =
        OpensslClient.get(host, DOOR, "-servername", "failing.example.org", "-alpn", "gopher");
    assertThat(client.errors()).contains("tlsv1 alert no application protocol");
    assertThat(failures("no_application_protocol")).isEqualTo(1);
  }

  @Test
  void anOldClientIsToldThatItIsTooOld() {
    Program.Ended curl = Curl.get(host, "failing.example.org", DOOR, OLD_TLS.split(" ", -1));
    assertThat(curl.code()).isEqualTo(35);
    assertThat(curl.errors()).contains("alert protocol version");
    assertThat(failures("protocol_version")).isEqualTo(1);
    assertThat(gatehouse.log()).contains("tls_handshake_failed");
  }

  @Test
  void aRouteMayTakeOldClientsButNotTheirOldCiphers() {
    Program.Ended modern = Curl.get(host, "old.example.org", DOOR, OLD_TLS.split(" ", -1));
    assertThat(modern.output()).as(modern.errors()).startsWith("I am plain");
    assertThat(handshakes("old", "TLSv1.2", "false")).isEqualTo(1);
    Program.Ended cbc =
        OpensslClient.get(
            host,
            DOOR,
            "-servername",
            "old.example.org",
            "-tls1_2",
            "-cipher",
            "ECDHE-ECDSA-AES128-SHA256");
    assertThat(cbc.errors()).contains("alert handshake failure");
  }

  @Test
  void aSessionGoesOnWhereItBegan() {
    String session = folder.resolve("session.pem").toString();
    assertThat(page("resumed.example.org", "-sess_out", session)).contains("New, TLSv1.3");
    assertThat(handshakes("resumed", "TLSv1.3", "true")).isZero();
    assertThat(page("resumed.example.org", "-sess_in", session)).contains("Reused, TLSv1.3");
    assertThat(handshakes("resumed", "TLSv1.3", "true")).isEqualTo(1);
  }

  @Test
  void aSessionOfOneRouteIsWorthNothingAtAnother() {
    String session = folder.resolve("foreign.pem").toString();
    page("old.example.org", "-sess_out", session);
    assertThat(page("www.example.org", "-sess_in", session)).contains("New, TLSv1.3");
    assertThat(handshakes("www", "TLSv1.3", "true")).isZero();
  }

  @ParameterizedTest
  @CsvSource({"--http1.1", "--http2"})
  void aRequestForAnotherRouteIsMisdirected(String option) {
    Program.Ended curl =
        Curl.get(host, "www.example.org", DOOR, option, "-H", "Host: old.example.org:8443", "-si");
    assertThat(curl.output())
        .containsPattern("^HTTP/[0-9.]+ 421")
        .containsPattern("421 Misdirected Request\nrequest [0-9a-f]{32}\n$");
  }

  @Test
  void aRouteThatIsPassedThroughIsASiblingOnTheSameListener() {
    Program.Ended curl = Curl.get(host, "through.example.org", DOOR, "--http1.1");
    assertThat(curl.output()).as(curl.errors()).startsWith("I am passed through");
    assertThat(
            Metrics.of(gatehouse).sum("gatehouse_proxy_routed_total", route("through"), "\"l4\""))
        .isEqualTo(1);
  }

  @Test
  void aCallerWithoutAnyNameIsLedNowhere() {
    Program.Ended client = OpensslClient.get(host, DOOR, "-noservername");
    assertThat(client.errors()).contains(OpensslClient.RESET);
  }

  /** The request ends with the connection, so that the tickets have come by then. */
  private String page(String name, String... options) {
    String request = "GET / HTTP/1.1\\r\\nHost: " + name + "\\r\\nConnection: close\\r\\n\\r\\n";
    Program.Ended client = OpensslClient.send(host, DOOR, request, with(name, options));
    assertThat(client.output()).as(client.errors()).contains("I am plain");
    return client.output();
  }

  private static String[] with(String name, String... options) {
    List<String> all = new ArrayList<>(List.of("-servername", name));
    all.addAll(List.of(options));
    return all.toArray(String[]::new);
  }

  private double failures(String cause) {
    return Metrics.of(gatehouse)
        .sum(
            "gatehouse_proxy_tls_handshake_failures_total",
            route("failing"),
            "cause=\"" + cause + "\"");
  }

  private double handshakes(String name, String version, String resumed) {
    return Metrics.of(gatehouse)
        .sum(
            "gatehouse_proxy_tls_handshakes_total",
            route(name),
            "version=\"" + version + "\"",
            "resumed=\"" + resumed + "\"");
  }

  private static String route(String name) {
    return "route=\"" + name + ".example.org\"";
  }
}
