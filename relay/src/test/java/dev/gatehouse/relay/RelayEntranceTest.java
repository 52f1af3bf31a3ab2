package dev.gatehouse.relay;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.kernel.address.Cidr;
import dev.gatehouse.kernel.address.IpAddress;
import dev.gatehouse.kernel.metric.Metric;
import dev.gatehouse.net.tls.CertificateFiles;
import dev.gatehouse.net.tls.SelfSigned;
import dev.gatehouse.net.tls.ServerContext.MinimumVersion;
import dev.gatehouse.relay.config.CapSettings;
import dev.gatehouse.relay.config.HttpSettings;
import dev.gatehouse.relay.config.ListenSettings;
import dev.gatehouse.relay.config.PublicHealth;
import dev.gatehouse.relay.config.RelayConfig;
import dev.gatehouse.relay.registry.ServerId;
import dev.gatehouse.relay.view.BanView;
import dev.gatehouse.testkit.LeakGuard;
import dev.gatehouse.testkit.LogGuard;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sections 7.1, 7.8, 7.9, 7.13 and 7.15 of the relay's specification, byte for byte. */
@ExtendWith(LeakGuard.class)
class RelayEntranceTest {

  private static final String ID = TestRelay.ID;
  private static final String PHONE = "x-pyrycode-token: t\r\nx-pyrycode-server: " + ID;
  private static final String HEALTH = "GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n";
  private static final String HEADER = "0d0a0d0a000d0a515549540a2111000cc0000201cb007105d43101bb";

  @RegisterExtension final LogGuard log = new LogGuard();

  private final List<RawPeer> open = new ArrayList<>();

  @SuppressWarnings("NullAway.Init") // by every test, as the configuration that it wants
  private TestRelay relay;

  @AfterEach
  void stop() throws Exception {
    for (RawPeer each : open) {
      each.close();
    }
    relay.close();
    assertThat(relay.relay.totals().connections()).isZero();
    assertThat(relay.relay.totals().pending()).isZero();
  }

  @Test
  void anUpgradeIsAcceptedWithoutExtensionAndSubprotocol() throws Exception {
    start(config -> config);
    RawPeer peer = connect();
    peer.write(
        RawPeer.upgrade(
            "/v2/server?token=secret",
            "x-pyrycode-version: 1\r\nx-pyrycode-server: "
                + ID
                + "\r\nOrigin: https://evil.example\r\nSec-WebSocket-Protocol: chat\r\n"
                + "Sec-WebSocket-Extensions: permessage-deflate"));
    assertThat(peer.head())
        .isEqualTo(
            """
            HTTP/1.1 101 Switching Protocols\r
            upgrade: websocket\r
            connection: upgrade\r
            sec-websocket-accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r
            \r
            """);
    TestRelay.await("binary", () -> relay.relay.totals().binaries() == 1);
    assertThat(relay.relay.totals().pending()).isZero();
    assertThat(relay.count(Metric.RELAY_WS_UPGRADE_ATTEMPTS, "server", "accept")).isEqualTo(1);
  }

  @Test
  void missingFieldsAreABadRequestThatSaysNothing() throws Exception {
    start(config -> config);
    RawPeer peer = connect();
    peer.write(RawPeer.upgrade("/v1/client", "x-pyrycode-server: " + ID));
    String head = peer.head();
    assertThat(head)
        .startsWith("HTTP/1.1 400 ")
        .contains("connection: close\r\n")
        .contains("content-type: text/plain; charset=utf-8\r\n")
        .contains("x-content-type-options: nosniff\r\n");
    assertThat(peer.rest()).isEqualTo("\n");
    assertThat(relay.count(Metric.RELAY_WS_UPGRADE_ATTEMPTS, "client", "reject_headers"))
        .isEqualTo(1);
    assertThat(relay.relay.totals().connections()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/v1/server/", "/v1", "/metrics", "/", "/healthz/", "/v1/%73erver"})
  void otherPathsAreNotFound(String path) throws Exception {
    start(config -> config);
    RawPeer peer = connect();
    peer.write("GET " + path + " HTTP/1.1\r\nHost: x\r\n\r\n");
    assertThat(peer.head()).startsWith("HTTP/1.1 404 ").contains("nosniff");
    assertThat(peer.rest()).isEqualTo("404 page not found\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /healthz HTTP/1.1\r\n\r\n",
        "GET /healthz HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
        "nonsense\r\n\r\n",
        "GET /healthz HTTP/1.1\r\nHost: x\r\nbad header\u0000: 1\r\n\r\n",
      })
  void whatIsNoProperRequestIsABadOne(String request) throws Exception {
    start(config -> config);
    RawPeer peer = connect();
    peer.write(request);
    assertThat(peer.head()).startsWith("HTTP/1.1 400 ");
    assertThat(peer.rest()).isEqualTo("\n");
  }

  @Test
  void fieldsOfMoreThanTheLimitAreTooLarge() throws Exception {
    start(config -> config);
    RawPeer peer = connect();
    peer.write("GET /healthz HTTP/1.1\r\nHost: x\r\nx: " + "y".repeat(17_000) + "\r\n\r\n");
    assertThat(peer.head()).startsWith("HTTP/1.1 431 ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "POST", "PUT"})
  void healthIsToldToWhoeverAsks(String method) throws Exception {
    start(config -> config);
    relay.ticker.advance(Duration.ofMillis(61_900));
    Peer _ = relay.binary(ID);
    Peer _ = relay.phone(ID);
    Peer _ = relay.phone(ID);
    TestRelay.await("phones", () -> relay.relay.totals().phones() == 2);
    RawPeer peer = connect();
    peer.write(method + " /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    assertThat(peer.head())
        .startsWith("HTTP/1.1 200 ")
        .contains("content-type: application/json; charset=utf-8\r\n")
        .contains("cache-control: no-store\r\n")
        .contains("content-length: 97\r\n");
    assertThat(peer.rest())
        .isEqualTo(
            "{\"status\":\"ok\",\"version\":\"1.0.0\",\"connected_binaries\":1,"
                + "\"connected_phones\":2,\"uptime_seconds\":61}");
  }

  @Test
  void aConnectionIsKeptForTheNextQuestion() throws Exception {
    start(config -> config);
    RawPeer peer = connect();
    for (int i = 0; i < 3; i++) {
      peer.write("HEAD /healthz HTTP/1.1\r\nHost: x\r\n\r\n");
      assertThat(peer.head()).startsWith("HTTP/1.1 200 ").doesNotContain("connection: close");
    }
    peer.write(RawPeer.upgrade("/v1/server", "x-pyrycode-version: 1\r\nx-pyrycode-server: " + ID));
    assertThat(peer.head()).startsWith("HTTP/1.1 101 ");
  }

  @ParameterizedTest
  @CsvSource({"MINIMAL,200", "OFF,404"})
  void healthMayBeMinimalOrOff(PublicHealth health, int status) throws Exception {
    start(config -> withHttp(config, health, Duration.ofSeconds(5)));
    RawPeer peer = connect();
    peer.write("GET /healthz HTTP/1.0\r\nHost: x\r\n\r\n");
    assertThat(peer.head()).startsWith("HTTP/1.1 " + status);
    assertThat(peer.rest())
        .isEqualTo(status == 200 ? "{\"status\":\"ok\"}" : "404 page not found\n");
  }

  @Test
  void whoSaysNoWholeRequestInTimeIsCutWithoutAnAnswer() throws Exception {
    start(config -> withHttp(config, PublicHealth.FULL, Duration.ofMillis(100)));
    RawPeer peer = connect();
    peer.write("GET /v1/server HTTP/1.1\r\nHost: x\r\n");
    assertThat(peer.rest()).isEmpty();
    assertThat(relay.count(Metric.LISTENER_REFUSED, "127.0.0.1:0", Relay.SERVICE, "header_timeout"))
        .isEqualTo(1);
  }

  @Test
  void aFullRelayRefusesAndStillTellsItsHealth() throws Exception {
    log.expect("conn_cap_reached");
    start(config -> TestRelay.with(config, TestRelay.caps(config.caps(), 1, 1000)));
    Peer _ = relay.binary(ID);
    RawPeer refused = connect();
    refused.write(RawPeer.upgrade("/v1/client", PHONE));
    assertThat(refused.head()).startsWith("HTTP/1.1 503 ").contains("retry-after: 5\r\n");
    RawPeer health = connect();
    health.write(HEALTH);
    assertThat(health.head()).startsWith("HTTP/1.1 200 ");
    assertThat(log.events("conn_cap_reached"))
        .singleElement()
        .satisfies(
            line ->
                assertThat(line.fields())
                    .containsEntry("path", "/v1/client")
                    .containsEntry("remote", "127.0.0.1"));
  }

  @Test
  void aClientThatTriesTooOftenHasToWait() throws Exception {
    log.expect("rate_limited");
    start(config -> TestRelay.with(config, TestRelay.caps(config.caps(), 100, 2)));
    for (int i = 0; i < 2; i++) {
      RawPeer peer = connect();
      peer.write(RawPeer.upgrade("/v1/client", "x: y"));
      assertThat(peer.head()).startsWith("HTTP/1.1 400 ");
    }
    RawPeer peer = connect();
    peer.write(RawPeer.upgrade("/v1/server", "x: y"));
    assertThat(peer.head()).startsWith("HTTP/1.1 429 ").contains("retry-after: 6\r\n");
    assertThat(relay.count(Metric.RELAY_REGISTER_FAILURES, "ratelimit")).isEqualTo(1);
  }

  @Test
  void everyWayOutFreesThePlace() throws Exception {
    log.expect("phone_register_no_server");
    start(config -> TestRelay.with(config, TestRelay.caps(config.caps(), 1, 1000)));
    RawPeer gone = connect();
    gone.write(RawPeer.upgrade("/v1/client", PHONE));
    assertThat(gone.head()).startsWith("HTTP/1.1 101 ");
    assertThat(gone.closed()).isEqualTo("4404 no server with that id");
    assertThat(relay.relay.totals().connections()).isEqualTo(1);
    gone.close();
    TestRelay.await("place", () -> relay.relay.totals().connections() == 0);
    Peer binary = relay.binary(ID);
    binary.close(1000);
    assertThat(binary.closed()).isEqualTo("1000");
    TestRelay.await("place", () -> relay.relay.totals().connections() == 0);
  }

  @Test
  void tooManyConnectionsWithoutARequestAreReset() throws Exception {
    start(config -> TestRelay.with(config, pending(config.caps(), 2)));
    connect();
    connect();
    TestRelay.await("pending", () -> relay.relay.totals().pending() == 2);
    RawPeer third = connect();
    assertThat(third.rest()).isEqualTo("[reset]");
  }

  @Test
  void whoIsThereStaysWhileNewcomersAreRefused() throws Exception {
    log.expect("conn_cap_reached");
    start(config -> config);
    Peer binary = relay.binary(ID);
    relay.relay.refuseNewcomers();
    RawPeer refused = connect();
    refused.write(RawPeer.upgrade("/v1/client", PHONE));
    assertThat(refused.head()).startsWith("HTTP/1.1 503 ");
    RawPeer health = connect();
    health.write(HEALTH);
    assertThat(health.head()).startsWith("HTTP/1.1 200 ");
    assertThat(binary.isOpen()).isTrue();
  }

  @Test
  void aBinaryWhoseServerIdIsBannedIsForbiddenAndPhonesFindNobody() throws Exception {
    log.expect("phone_register_no_server");
    start(config -> config);
    assertThat(relay.relay.ban(new ServerId(ID), Duration.ofMinutes(10))).isTrue();
    assertThat(relay.relay.bans())
        .containsExactly(new BanView(ID, relay.ticker.now().plus(Duration.ofMinutes(10))));
    RawPeer binary = connect();
    binary.write(
        RawPeer.upgrade("/v1/server", "x-pyrycode-version: 1\r\nx-pyrycode-server: " + ID));
    assertThat(binary.head()).startsWith("HTTP/1.1 403 ");
    assertThat(relay.phone(ID).closed()).isEqualTo("4404 no server with that id");
    assertThat(relay.count(Metric.RELAY_REGISTER_FAILURES, "denied")).isEqualTo(1);
    assertThat(relay.relay.removeBan(new ServerId(ID))).isTrue();
    assertThat(relay.binary(ID).isOpen()).isTrue();
  }

  @Test
  void whoLeavesInTimeIsNotTold() throws Exception {
    start(config -> config);
    Peer binary = relay.binary(ID);
    CompletableFuture<Integer> cut =
        CompletableFuture.supplyAsync(() -> relay.relay.leave(Duration.ofMinutes(1)));
    TestRelay.await("draining", () -> relay.relay.totals().draining());
    assertThat(binary.isOpen()).isTrue();
    binary.close(1000);
    assertThat(binary.closed()).isEqualTo("1000");
    assertThat(cut.get(10, TimeUnit.SECONDS)).isZero();
  }

  @Test
  void whoStaysUntilTheTimeIsOverIsToldToGo() throws Exception {
    start(config -> config);
    Peer binary = relay.binary(ID);
    assertThat(relay.relay.leave(Duration.ofMillis(1))).isZero();
    assertThat(binary.closed()).isEqualTo("1001 shutting down");
  }

  @Test
  void idleConnectionsDoNotHoldUpTheEnd() throws Exception {
    start(config -> config);
    RawPeer peer = connect();
    peer.write(HEALTH);
    assertThat(peer.head()).startsWith("HTTP/1.1 200 ");
    assertThat(relay.relay.drain(Duration.ofSeconds(5))).isZero();
  }

  @Test
  void aRequestForAnotherHostIsMisdirected(@TempDir Path folder) throws Exception {
    start(config -> TestRelay.withListen(config, tls(config.listen(), certificate(folder), false)));
    try (RawPeer peer = new RawPeer(tlsSocket(folder, "http/1.1"))) {
      peer.write("GET /healthz HTTP/1.1\r\nHost: other.example.org\r\n\r\n");
      assertThat(peer.head()).startsWith("HTTP/1.1 421 ").contains("content-length: 0\r\n");
    }
    try (RawPeer peer = new RawPeer(tlsSocket(folder, "http/1.1"))) {
      peer.write("GET /healthz HTTP/1.1\r\nHost: LOCALHOST:443\r\n\r\n");
      assertThat(peer.head()).startsWith("HTTP/1.1 200 ");
    }
  }

  @Test
  @SuppressWarnings("try") // the phone goes before the binary is asked
  void framesTravelThroughTls(@TempDir Path folder) throws Exception {
    start(config -> TestRelay.withListen(config, tls(config.listen(), certificate(folder), false)));
    try (RawPeer binary = new RawPeer(tlsSocket(folder, "http/1.1"));
        RawPeer phone = new RawPeer(tlsSocket(folder, "http/1.1"))) {
      binary.write(tlsUpgrade("/v1/server", "x-pyrycode-version: 1\r\nx-pyrycode-server: " + ID));
      assertThat(binary.head()).startsWith("HTTP/1.1 101 ");
      phone.write(tlsUpgrade("/v1/client", PHONE));
      assertThat(phone.head()).startsWith("HTTP/1.1 101 ");
      phone.send("\"" + "x".repeat(100_000) + "\"");
      assertThat(binary.nextText()).hasSizeGreaterThan(100_000);
      phone.close();
      assertThat(binary.nextText()).endsWith("\"close_code\":1001}");
    }
  }

  /** On whichever loop it was accepted: half of them have another one than the binary. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void nothingThatAPhoneSaysBehindItsRequestIsLost(boolean encrypted, @TempDir Path folder)
      throws Exception {
    start(
        config ->
            encrypted
                ? TestRelay.withListen(config, tls(config.listen(), certificate(folder), false))
                : config);
    RawPeer binary = peer(encrypted, folder);
    binary.write(tlsUpgrade("/v1/server", "x-pyrycode-version: 1\r\nx-pyrycode-server: " + ID));
    assertThat(binary.head()).startsWith("HTTP/1.1 101 ");
    for (int i = 0; i < 8; i++) {
      RawPeer phone = peer(encrypted, folder);
      byte[] second = RawPeer.message("\"second\"");
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      all.writeBytes(tlsUpgrade("/v1/client", PHONE).getBytes(ISO_8859_1));
      all.writeBytes(RawPeer.message("\"first\""));
      all.write(second, 0, 5);
      phone.write(all.toByteArray());
      assertThat(phone.head()).startsWith("HTTP/1.1 101 ");
      assertThat(binary.nextText()).endsWith("\"frame\":\"first\"}");
      phone.write(Arrays.copyOfRange(second, 5, second.length));
      assertThat(binary.nextText()).endsWith("\"frame\":\"second\"}");
      phone.close();
      assertThat(binary.nextText()).endsWith("\"close_code\":1001}");
    }
  }

  private RawPeer peer(boolean encrypted, Path folder) throws Exception {
    RawPeer peer = encrypted ? new RawPeer(tlsSocket(folder, "http/1.1")) : connect();
    open.add(peer);
    return peer;
  }

  @Test
  void aListenerThatWantsAHeaderBelievesItAndResetsOthers(@TempDir Path folder) throws Exception {
    start(config -> TestRelay.withListen(config, tls(config.listen(), certificate(folder), true)));
    try (RawPeer bare = connect()) {
      bare.write(HEALTH);
      assertThat(bare.rest()).isEqualTo("[reset]");
    }
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), relay.port());
    socket.getOutputStream().write(HexFormat.of().parseHex(HEADER));
    try (RawPeer peer = new RawPeer(overTls(socket, folder, "http/1.1"))) {
      peer.write(tlsUpgrade("/v1/server", "x-pyrycode-version: 1\r\nx-pyrycode-server: " + ID));
      assertThat(peer.head()).startsWith("HTTP/1.1 101 ");
      TestRelay.await("binary", () -> relay.relay.totals().binaries() == 1);
      assertThat(relay.relay.servers().getFirst().binary())
          .hasValueSatisfying(one -> assertThat(one.remote()).isEqualTo("192.0.2.1"));
    }
  }

  private void start(UnaryOperator<RelayConfig> change) throws Exception {
    relay = new TestRelay(change);
  }

  private RawPeer connect() throws IOException {
    RawPeer peer = new RawPeer(relay.port());
    open.add(peer);
    return peer;
  }

  private static String tlsUpgrade(String path, String fields) {
    return RawPeer.upgrade(path, fields).replace("relay.example.org", "localhost");
  }

  private static CertificateFiles certificate(Path folder) {
    try {
      SelfSigned made = SelfSigned.forLocalhost(folder, Instant.parse("2029-12-31T00:00:00Z"));
      return new CertificateFiles(made.certificate(), made.key());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static ListenSettings tls(ListenSettings told, CertificateFiles files, boolean header) {
    return new ListenSettings(
        told.address(),
        Optional.of(files),
        Optional.empty(),
        MinimumVersion.TLS_1_2,
        "localhost",
        header,
        told.proxyHeaderTimeout(),
        List.of(new Cidr(IpAddress.ipv4(0x7f00_0000), 8)),
        false);
  }

  private Socket tlsSocket(Path folder, String protocol) throws Exception {
    return overTls(new Socket(InetAddress.getLoopbackAddress(), relay.port()), folder, protocol);
  }

  private static Socket overTls(Socket plain, Path folder, String protocol) throws Exception {
    SSLContext context = SSLContext.getInstance("TLS");
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    try (var files = Files.list(folder);
        var in = Files.newInputStream(files.filter(RelayEntranceTest::isChain).findFirst().get())) {
      store.setCertificateEntry(
          "own", CertificateFactory.getInstance("X.509").generateCertificate(in));
    }
    trust.init(store);
    context.init(null, trust.getTrustManagers(), null);
    SSLSocket socket =
        (SSLSocket)
            context.getSocketFactory().createSocket(plain, "localhost", plain.getPort(), true);
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setApplicationProtocols(new String[] {protocol});
    socket.setSSLParameters(parameters);
    socket.startHandshake();
    assertThat(socket.getApplicationProtocol()).isEqualTo(protocol);
    return socket;
  }

  private static boolean isChain(Path file) {
    try {
      return Files.readString(file).contains("BEGIN CERTIFICATE");
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static RelayConfig withHttp(RelayConfig told, PublicHealth health, Duration header) {
    HttpSettings http = told.http();
    return new RelayConfig(
        told.listen(),
        new HttpSettings(
            http.handshakeTimeout(),
            header,
            http.readTimeout(),
            http.responseTimeout(),
            http.keepaliveTimeout(),
            http.maxHeaderBytes(),
            health),
        told.caps(),
        told.session(),
        told.allowedIds(),
        told.requireToken(),
        told.singleInstance(),
        told.legacyMetricNames(),
        told.drain(),
        told.push());
  }

  private static CapSettings pending(CapSettings told, int pending) {
    return new CapSettings(
        told.maxConnections(),
        told.binaryReserve(),
        told.maxPerClient(),
        pending,
        told.upgradeBurst(),
        told.upgradeRefill(),
        told.outboxBytes(),
        told.outboxTotal());
  }
}
