package dev.gatehouse.proxy;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.kernel.metric.Metric;
import dev.gatehouse.kernel.time.Ticker;
import dev.gatehouse.net.loop.Transport;
import dev.gatehouse.net.tls.SelfSigned;
import dev.gatehouse.proxy.ProxyView.RouteView;
import dev.gatehouse.proxy.ProxyView.State;
import dev.gatehouse.testkit.LeakGuard;
import java.io.IOException;
import java.nio.file.Path;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A whole proxy that speaks TLS and HTTP, and is told something else meanwhile. */
@Timeout(60)
@ExtendWith(LeakGuard.class)
class LiveTerminationTest {

  private static final String NAME = "localhost";
  private static final String GET = "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n";
  private static final String LAST = "GET / HTTP/1.1$Host: localhost$Connection: close$$";
  private static final String POLICY =
      "l7_policies = [{ type = \"require_header\", value = \"X-Key\" }]";

  @TempDir private Path folder = Path.of("");

  private SelfSigned pair;
  private HttpBackend backend;
  private RunningProxy proxy;

  @BeforeEach
  void start() throws Exception {
    pair = SelfSigned.forLocalhost(folder, Ticker.system().now());
    backend = new HttpBackend(HttpBackend.OK);
    proxy = new RunningProxy(Transport.AUTO, listener(route(NAME, "")));
  }

  @AfterEach
  void stop() throws IOException {
    proxy.close();
    backend.close();
  }

  @Test
  void aRequestGoesThroughAndIsCountedForItsRoute() throws Exception {
    try (SSLSocket client = TlsPeer.trusting().over(proxy.connect(), NAME)) {
      assertThat(TlsPeer.ask(client, LAST)).startsWith("HTTP/1.1 200 OK$").endsWith("$$ok");
    }
    assertThat(proxy.metric(Metric.PROXY_REQUESTS, NAME, "http/1.1")).isEqualTo(1);
    assertThat(proxy.metric(Metric.PROXY_RESPONSES, NAME, "200", "backend")).isEqualTo(1);
    RouteView route = proxy.view().routes().getFirst();
    assertThat(route.state()).isEqualTo(State.SERVING);
    assertThat(route.routed()).isEqualTo(1);
    assertThat(route.fromBackends()).isEqualTo(2);
    assertThat(proxy.metric(Metric.ROUTES, "l7")).isEqualTo(1);
  }

  @Test
  void aPolicyHoldsForTheNextRequestOfAnOpenConnection() throws Exception {
    try (SSLSocket client = TlsPeer.trusting().over(proxy.connect(), NAME)) {
      assertThat(status(client)).isEqualTo("200");
      proxy.publish(listener(route(NAME, POLICY)));
      assertThat(status(client)).isEqualTo("403");
      assertThat(proxy.metric(Metric.L7_POLICIES, NAME)).isEqualTo(1);
      proxy.publish(listener(route(NAME, "")));
      assertThat(status(client)).isEqualTo("200");
    }
  }

  @Test
  void whoHasAskedTooOftenHasDoneSoAfterAReload() throws Exception {
    String rate = "[proxy]\nrequest_rate_limit = 1\nrequest_rate_window = \"1h\"\n";
    proxy.follow(rate);
    assertThat(proxyAnswers()).startsWith("HTTP/1.1 200 ");
    proxy.follow(rate + "keepalive_timeout = \"9s\"\n");
    assertThat(proxyAnswers()).startsWith("HTTP/1.1 429 ");
    proxy.follow(rate.replace("limit = 1", "limit = 2"));
    assertThat(proxyAnswers()).startsWith("HTTP/1.1 200 ");
  }

  private String proxyAnswers() throws Exception {
    try (SSLSocket client = TlsPeer.trusting().over(proxy.connect(), NAME)) {
      return TlsPeer.ask(client, LAST);
    }
  }

  @Test
  void anOpenConnectionOfARouteThatIsGoneIsMisdirected() throws Exception {
    try (SSLSocket client = TlsPeer.trusting().over(proxy.connect(), NAME)) {
      assertThat(status(client)).isEqualTo("200");
      proxy.publish(listener(route("b.example", "")));
      client.getOutputStream().write(GET.getBytes(US_ASCII));
      assertThat(new String(client.getInputStream().readAllBytes(), US_ASCII))
          .startsWith("HTTP/1.1 421 ")
          .contains("Connection: close");
    }
  }

  @Test
  void aRequestForAnotherRouteIsMisdirected() throws Exception {
    proxy.publish(listener(route(NAME, "") + route("b.example", "")));
    try (SSLSocket client = TlsPeer.trusting().over(proxy.connect(), "b.example")) {
      assertThat(TlsPeer.ask(client, LAST)).startsWith("HTTP/1.1 421 ");
    }
  }

  @Test
  void whatABackendTurnedOutToSpeakIsSaidOfItsRoute() throws Exception {
    assertThat(proxy.view().routes().getFirst().learned()).isEmpty();
    // SETTINGS without parameters, whatever it is asked
    byte[] settings = {0, 0, 0, 4, 0, 0, 0, 0, 0};
    try (Backend http2 = new Backend(socket -> socket.getOutputStream().write(settings))) {
      String to = "backend = \"" + http2.address() + "\"";
      proxy.publish(listener(route(NAME, "").replace(backend.route(), to)));
      try (SSLSocket client = TlsPeer.trusting().over(proxy.connect(), NAME)) {
        assertThat(TlsPeer.ask(client, LAST)).startsWith("HTTP/1.1 502 ");
      }
    }
    assertThat(proxy.view().routes().getFirst().learned()).contains("h2c");
  }

  @Test
  void aRouteWithoutACertificateResetsAndSaysSoToItsOperators() throws Exception {
    proxy.publish(
        listener(
            """
            [[proxy.listeners.routes]]
            hostname = "localhost"
            mode = "l7"
            tls_cert = "/nowhere/a.pem"
            tls_key = "/nowhere/a.key"
            """
                + backend.route()));
    try (SSLSocket client = TlsPeer.trusting().over(proxy.connect(), NAME)) {
      assertThatThrownBy(client::startHandshake).isInstanceOf(IOException.class);
    }
    assertThat(proxy.metric(Metric.PROXY_UNROUTED, FrontDoor.UNCERTIFIED)).isEqualTo(1);
    assertThat(proxy.view().refused()).containsEntry(FrontDoor.UNCERTIFIED, 1L);
    assertThat(proxy.view().routes().getFirst().state()).isEqualTo(State.CERTIFICATE_UNAVAILABLE);
  }

  private static String status(SSLSocket client) throws IOException {
    client.getOutputStream().write(GET.getBytes(US_ASCII));
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      head.append((char) client.getInputStream().read());
    }
    int at = head.indexOf("Content-Length: ") + "Content-Length: ".length();
    int length = Integer.parseInt(head.substring(at, head.indexOf("\r", at)));
    client.getInputStream().skipNBytes(length);
    return head.substring(9, 12);
  }

  private static String listener(String routes) {
    return "[[proxy.listeners]]\naddr = \"127.0.0.1:1\"\n" + routes;
  }

  private String route(String hostname, String more) {
    return """
    [[proxy.listeners.routes]]
    hostname = "%s"
    mode = "l7"
    tls_cert = "%s"
    tls_key = "%s"
    %s
    %s
    """
        .formatted(hostname, pair.certificate(), pair.key(), backend.route(), more);
  }
}
