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
