package dev.gatehouse.proxy.l7;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.kernel.metric.Metric;
import dev.gatehouse.net.tls.ServerContext.Engine;
import dev.gatehouse.proxy.Hellos;
import dev.gatehouse.proxy.HttpBackend;
import dev.gatehouse.proxy.TlsPeer;
import dev.gatehouse.testkit.Await;
import dev.gatehouse.testkit.LeakGuard;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.util.Arrays;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Handshakes with both engines: what is agreed on, how they fail, and how connections end. */
@Timeout(60)
@ExtendWith(LeakGuard.class)
class TerminationTest {

  private static final String NAME = "a.example";
  private static final String LAST = "GET / HTTP/1.1$Host: a.example$Connection: close$$";

  @TempDir private Path folder = Path.of("");

  @ParameterizedTest
  @CsvSource({"NATIVE, http/1.1, http/1.1", "JDK, http/1.1, http/1.1", "NATIVE,,''", "JDK,,''"})
  void aClientSpeaksHttp1UnlessItAsksForMore(Engine engine, String offered, String agreed)
      throws Exception {
    String[] protocols = offered == null ? new String[0] : new String[] {offered};
    try (HttpBackend backend = new HttpBackend(HttpBackend.OK);
        TlsDoor door = door(engine, "", backend);
        SSLSocket client = TlsPeer.trusting().over(door.connect(), NAME, protocols)) {
      assertThat(TlsPeer.ask(client, LAST)).startsWith("HTTP/1.1 200 OK$").endsWith("$$ok");
      assertThat(client.getApplicationProtocol()).isEqualTo(agreed);
      assertThat(backend.next()).contains("$X-Forwarded-Proto: https$");
      assertThat(door.metric(Metric.PROXY_TLS_HANDSHAKES, NAME, "TLSv1.3", "false")).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @EnumSource
  void http2ComesFirstWhereTheClientKnowsIt(Engine engine) throws Exception {
    try (HttpBackend backend = new HttpBackend(HttpBackend.OK);
        TlsDoor door = door(engine, "", backend);
        SSLSocket client = TlsPeer.trusting().over(door.connect(), NAME, "http/1.1", "h2")) {
      client.startHandshake();
      assertThat(client.getApplicationProtocol()).isEqualTo("h2");
      byte[] settings = client.getInputStream().readNBytes(9);
      assertThat(settings[3]).isEqualTo((byte) 4);
    }
  }

  @ParameterizedTest
  @EnumSource
  void protocolsOfWhichNoneIsSpokenEndTheHandshake(Engine engine) throws Exception {
    try (HttpBackend backend = new HttpBackend(HttpBackend.OK);
        TlsDoor door = door(engine, "", backend);
        SSLSocket client = TlsPeer.trusting().over(door.connect(), NAME, "acme-tls/1")) {
      assertThatThrownBy(client::startHandshake)
          .isInstanceOf(SSLException.class)
          .hasMessageContaining("no_application_protocol");
      awaitFailure(door, "no_application_protocol");
    }
  }

  @ParameterizedTest
  @EnumSource
  void aClientThatDoesNotLikeTheCertificateIsCounted(Engine engine) throws Exception {
    try (HttpBackend backend = new HttpBackend(HttpBackend.OK);
        TlsDoor door = door(engine, "", backend);
        SSLSocket client = TlsPeer.strict().over(door.connect(), NAME)) {
      assertThatThrownBy(client::startHandshake).isInstanceOf(SSLException.class);
      awaitFailure(door, "client_alert");
      Await.until("it is closed", () -> door.metric(Metric.PROXY_CLOSED, "tls_failed") == 1);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aClientThatGoesDuringTheHandshakeIsCounted(Engine engine) throws Exception {
    try (HttpBackend backend = new HttpBackend(HttpBackend.OK);
        TlsDoor door = door(engine, "tls_min_version = \"1.2\"", backend);
        Socket client = door.connect()) {
      client.getOutputStream().write(realHello());
      assertThat(client.getInputStream().read()).isNotNegative();
      client.shutdownOutput();
      awaitFailure(door, "eof");
    }
  }

  @ParameterizedTest
  @EnumSource
  void aClientThatDoesNotGoOnIsLeftInTime(Engine engine) throws Exception {
    try (HttpBackend backend = new HttpBackend(HttpBackend.OK);
        TlsDoor door = door(engine, "tls_handshake_timeout = \"200ms\"", backend);
        Socket client = door.connect()) {
      client.getOutputStream().write(realHello());
      awaitFailure(door, "timeout");
      Await.until("it is closed", () -> door.connections() == 0);
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatIsNoHandshakeFails(Engine engine) throws Exception {
    try (HttpBackend backend = new HttpBackend(HttpBackend.OK);
        TlsDoor door = door(engine, "", backend);
        Socket client = door.connect()) {
      // of TLS 1.2 and without any of the extensions that a handshake needs
      client.getOutputStream().write(Hellos.named(NAME));
      Await.until("it is counted", () -> door.metric(Metric.PROXY_TLS_HANDSHAKE_FAILURES) == 1);
      Await.until("it is closed", () -> door.connections() == 0);
      Await.until("also for all", () -> door.metric(Metric.TLS_HANDSHAKE_FAILURES, "proxy") == 1);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aSecondHelloForTheSameNameIsAnswered(Engine engine) throws Exception {
    try (HttpBackend backend = new HttpBackend(HttpBackend.OK);
        TlsDoor door = door(engine, "", backend);
        Socket client = door.connect()) {
      awaitRetryRequest(client);
      client.getOutputStream().write(Hellos.modern(NAME, true));
      byte[] record = record(client, 22);
      assertThat(record[0]).as("a ServerHello").isEqualTo((byte) 2);
      assertThat(door.metric(Metric.PROXY_TLS_HANDSHAKE_FAILURES)).isZero();
    }
  }

  @ParameterizedTest
  @EnumSource
  void aSecondHelloForAnotherNameEndsTheHandshake(Engine engine) throws Exception {
    try (HttpBackend backend = new HttpBackend(HttpBackend.OK);
        TlsDoor door = door(engine, "", backend);
        Socket client = door.connect()) {
      awaitRetryRequest(client);
      // in two pieces, behind a record that older clients send here
      byte[] second = Hellos.modern("b.example", true);
      client.getOutputStream().write(new byte[] {20, 3, 3, 0, 1, 1});
      client.getOutputStream().write(second, 0, 50);
      client.getOutputStream().flush();
      client.getOutputStream().write(second, 50, second.length - 50);
      assertThat(record(client, 21)).containsExactly(2, 47);
      assertThat(client.getInputStream().read()).isNegative();
      awaitFailure(door, "name_changed");
      assertThat(backend.connections()).isZero();
    }
  }

  @ParameterizedTest
  @EnumSource
  void aSecondHelloThatDoesNotWaitIsSeenToo(Engine engine) throws Exception {
    try (HttpBackend backend = new HttpBackend(HttpBackend.OK);
        TlsDoor door = door(engine, "", backend);
        Socket client = door.connect()) {
      byte[] first = Hellos.modern(NAME, false);
      byte[] second = Hellos.modern("b.example", true);
      byte[] both = Arrays.copyOf(first, first.length + second.length);
      System.arraycopy(second, 0, both, first.length, second.length);
      client.getOutputStream().write(both);
      assertThat(record(client, 21)).containsExactly(2, 47);
      awaitFailure(door, "name_changed");
    }
  }

  private static void awaitRetryRequest(Socket client) throws IOException {
    client.getOutputStream().write(Hellos.modern(NAME, false));
    byte[] request = record(client, 22);
    assertThat(request[0]).isEqualTo((byte) 2);
    // the random value that tells a HelloRetryRequest from a ServerHello (RFC 8446 section 4.1.3)
    assertThat(Arrays.copyOfRange(request, 6, 10))
        .containsExactly((byte) 0xcf, (byte) 0x21, (byte) 0xad, (byte) 0x74);
  }

  /** The next record of that type; those of change_cipher_spec and others are passed over. */
  private static byte[] record(Socket client, int type) throws IOException {
    while (true) {
      byte[] head = client.getInputStream().readNBytes(5);
      assertThat(head).hasSize(5);
      int length = ((head[3] & 0xff) << 8) | (head[4] & 0xff);
      byte[] record = client.getInputStream().readNBytes(length);
      if (head[0] == type) {
        return record;
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void withoutACertificateNothingIsSaid(Engine engine) throws Exception {
    try (HttpBackend backend = new HttpBackend(HttpBackend.OK);
        TlsDoor door = door(engine, "", backend);
        SSLSocket client = TlsPeer.trusting().over(door.connect(), NAME)) {
      door.loseCertificate();
      assertThatThrownBy(client::startHandshake).isInstanceOf(IOException.class);
      Await.until("it is closed", () -> door.connections() == 0);
      assertThat(door.metric(Metric.PROXY_ROUTED)).isZero();
    }
  }

  @ParameterizedTest
  @EnumSource
  void aHandshakeUnderWayDoesNotHoldUpADrain(Engine engine) throws Exception {
    try (HttpBackend backend = new HttpBackend(HttpBackend.OK);
        TlsDoor door = door(engine, "", backend);
        Socket client = door.connect()) {
      client.getOutputStream().write(realHello());
      assertThat(client.getInputStream().read()).isNotNegative();
      door.drain();
      Await.until("it is closed", () -> door.connections() == 0);
      Await.until("it is counted", () -> door.metric(Metric.PROXY_CLOSED, "shutdown") == 1);
    }
  }

  @ParameterizedTest
  @EnumSource(names = "NATIVE")
  void aClientThatComesBackIsSparedMostOfTheHandshake(Engine engine) throws Exception {
    try (HttpBackend backend = new HttpBackend(HttpBackend.OK);
        TlsDoor door = door(engine, "", backend)) {
      TlsPeer peer = TlsPeer.trusting();
      for (int i = 0; i < 2; i++) {
        try (SSLSocket client = peer.over(door.connect(), NAME)) {
          assertThat(TlsPeer.ask(client, LAST)).endsWith("$$ok");
        }
      }
      assertThat(door.metric(Metric.PROXY_TLS_HANDSHAKES, NAME, "TLSv1.3", "true")).isEqualTo(1);
      assertThat(door.metric(Metric.PROXY_TLS_HANDSHAKES, NAME, "TLSv1.3", "false")).isEqualTo(1);
    }
  }

  /** The first bytes of a client that would complete a handshake. */
  private static byte[] realHello() throws Exception {
    var engine = javax.net.ssl.SSLContext.getDefault().createSSLEngine(NAME, 443);
    engine.setUseClientMode(true);
    var out = java.nio.ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
    var _ = engine.wrap(java.nio.ByteBuffer.allocate(0), out);
    byte[] hello = new byte[out.flip().remaining()];
    out.get(hello);
    return hello;
  }

  private static void awaitFailure(TlsDoor door, String cause) throws Exception {
    Await.until(
        "a failure: " + cause,
        () -> door.metric(Metric.PROXY_TLS_HANDSHAKE_FAILURES, NAME, cause) == 1);
    Await.until(
        "the same for the process",
        () -> door.metric(Metric.TLS_HANDSHAKE_FAILURES, "proxy", cause) == 1);
  }

  private TlsDoor door(Engine engine, String settings, HttpBackend backend) throws Exception {
    return new TlsDoor(engine, folder, settings, backend.route());
  }
}
