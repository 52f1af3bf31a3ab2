package dev.gatehouse.control.ops;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.control.ops.page.Answer;
import dev.gatehouse.control.ops.page.Route;
import dev.gatehouse.kernel.metric.Metric;
import dev.gatehouse.testkit.Await;
import dev.gatehouse.testkit.LeakGuard;
import dev.gatehouse.testkit.LogGuard;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(LeakGuard.class)
class OpsListenerTest {

  @RegisterExtension final LogGuard logs = new LogGuard();

  private final CountDownLatch release = new CountDownLatch(1);
  private final CountDownLatch entered = new CountDownLatch(1);
  private final List<Socket> sockets = new ArrayList<>();
  private RunningOps ops = running();

  @AfterEach
  void stop() throws IOException {
    release.countDown();
    for (Socket socket : sockets) {
      socket.close();
    }
    ops.close();
    assertThat(ops.failures).isEmpty();
  }

  @Test
  void metricsAreTextForPrometheus() throws Exception {
    HttpResponse<String> answer = get("/metrics");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(header(answer, "content-type"))
        .isEqualTo("text/plain; version=0.0.4; charset=utf-8");
    assertThat(answer.body())
        .contains("gatehouse_build_info{jdk=\"")
        .contains("gatehouse_ops_requests_total{code=\"200\",path=\"metrics\"} 0.0")
        .contains("gatehouse_ops_scrape_errors_total{cause=\"busy\"} 0.0")
        .contains("gatehouse_listener_connections{")
        .contains("jvm_memory_used_bytes{")
        .contains("process_start_time_seconds");
    assertThat(get("/metrics").body())
        .contains("gatehouse_ops_requests_total{code=\"200\",path=\"metrics\"} 1.0");
  }

  @Test
  void openMetricsIsGivenToWhoAsks() throws Exception {
    HttpResponse<String> answer = get("/metrics", "Accept", "application/openmetrics-text");
    assertThat(header(answer, "content-type"))
        .isEqualTo("application/openmetrics-text; version=1.0.0; charset=utf-8");
    assertThat(answer.body()).endsWith("# EOF\n");
  }

  @Test
  void aCompressedScrapeHoldsTheSame() throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(ops.uri("/metrics")).header("Accept-Encoding", "gzip").build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<byte[]> answer = client.send(request, BodyHandlers.ofByteArray());
      assertThat(answer.headers().firstValue("content-encoding")).hasValue("gzip");
      try (var gzip = new GZIPInputStream(new ByteArrayInputStream(answer.body()))) {
        assertThat(new String(gzip.readAllBytes(), UTF_8)).contains("gatehouse_build_info");
      }
    }
  }

  @Test
  void healthReadinessAndStatusAreShortJson() throws Exception {
    assertThat(get("/healthz").body())
        .isEqualTo(
            "{\"status\":\"ok\",\"version\":\"1.2.3\",\"uptime_seconds\":61,"
                + "\"services\":{\"watch\":\"serving\"}}");
    assertThat(get("/readyz").body()).isEqualTo("{\"ready\":true}");
    assertThat(get("/status").body())
        .isEqualTo("{\"status\":\"ok\",\"app\":\"gatehouse\",\"version\":\"1.2.3\"}");
    assertThat(header(get("/status"), "content-type")).isEqualTo("application/json");
  }

  @Test
  void theConsoleMayLoadNothingFromElsewhere() throws Exception {
    HttpResponse<String> page = get("/console");
    assertThat(header(page, "content-security-policy"))
        .isEqualTo("default-src 'self'; frame-ancestors 'none'");
    assertThat(page.body()).contains("/console/style.css").doesNotContain("http://", "https://");
    assertThat(get("/console/").statusCode()).isEqualTo(200);
    assertThat(header(get("/console/style.css"), "content-type")).startsWith("text/css");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/metrics/",
        "//metrics",
        "/Metrics",
        "/debug/pprof/",
        "/actuator",
        "/console/x",
        "/%6detrics",
        "/metrics;x",
        "/tracker/stats.json"
      })
  void whatIsNotThereIsNotFound(String path) throws Exception {
    HttpResponse<String> answer = get(path);
    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.body()).isEqualTo("404 page not found\n");
    assertThat(ops.counted(Metric.OPS_REQUESTS, "other", "404")).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "DELETE", "PATCH", "OPTIONS", "get", "BREW"})
  void otherMethodsAreNotAllowedAndAreToldWhichAre(String method) throws Exception {
    String answer = ops.exchange(method + " /metrics HTTP/1.1\r\nConnection: close\r\n\r\n");
    assertThat(answer).startsWith("HTTP/1.1 405 ").contains("\r\nAllow: GET, HEAD\r\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/metrics", "/nothing", "/healthz", "/console"})
  void everyAnswerForbidsStoringAndSniffing(String path) throws Exception {
    HttpResponse<String> answer = get(path);
    assertThat(header(answer, "cache-control")).isEqualTo("no-store");
    assertThat(header(answer, "x-content-type-options")).isEqualTo("nosniff");
    assertThat(answer.headers().map().keySet())
        .noneMatch(name -> name.startsWith("access-control"));
  }

  @Test
  void headTellsTheLengthAndSendsNoBody() throws Exception {
    String head = ops.exchange("HEAD /status HTTP/1.1\r\nConnection: close\r\n\r\n");
    assertThat(head).startsWith("HTTP/1.1 200 OK\r\n").endsWith("\r\n\r\n");
    assertThat(head).contains("Content-Length: " + get("/status").body().length());
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1:9090, 200",
    "127.0.0.1, 200",
    "127.8.9.1:1, 200",
    "localhost:1234, 200",
    "LocalHost, 200",
    "[::1]:9090, 200",
    "[::1], 200",
    "metrics.example.org:9090, 200",
    "Metrics.Example.ORG, 200",
    "evil.example, 421",
    "10.0.0.1, 421",
    "127.0.0.1.evil.example, 421",
    "localhost.evil.example, 421",
    "[::2], 421",
    "[::ffff:127.0.0.1], 421",
    "[127.0.0.1], 421",
    "::1, 421",
    "127.1, 421",
    "2130706433, 421",
    "0.0.0.0, 421",
    "localhost:x, 421",
    "localhost:123456, 421",
    "user@localhost, 421",
    "localhost localhost, 421",
    "'', 421",
  })
  void onlyNamesOfThisHostAreAnswered(String host, int code) throws Exception {
    String answer =
        ops.exchange("GET /status HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n");
    assertThat(answer).startsWith("HTTP/1.1 " + code + " ");
  }

  @Test
  void aRequestWithoutHostIsServed() throws Exception {
    assertThat(ops.exchange("GET /status HTTP/1.1\r\nConnection: close\r\n\r\n"))
        .startsWith("HTTP/1.1 200 ");
  }

  @Test
  void theAbsoluteFormIsReadAndItsHostChecked() throws Exception {
    String rest = " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    assertThat(ops.exchange("GET http://localhost:1/status?x=1" + rest))
        .startsWith("HTTP/1.1 200 ");
    assertThat(ops.exchange("GET http://evil.example/status" + rest)).startsWith("HTTP/1.1 421 ");
    assertThat(ops.exchange("GET http:///status" + rest)).startsWith("HTTP/1.1 400 ");
  }

  @Test
  void http10IsAnsweredAndClosed() throws Exception {
    assertThat(ops.exchange("GET /status HTTP/1.0\r\n\r\n"))
        .startsWith("HTTP/1.1 200 ")
        .contains("\r\nConnection: close\r\n");
  }

  @Test
  void aPeerThatEndsItsSideFirstStillGetsItsAnswer() throws Exception {
    try (Socket socket = ops.connect()) {
      socket.getOutputStream().write("GET /status HTTP/1.1\r\n\r\n".getBytes(ISO_8859_1));
      socket.shutdownOutput();
      assertThat(new String(socket.getInputStream().readAllBytes(), ISO_8859_1))
          .startsWith("HTTP/1.1 200 ")
          .endsWith("}");
    }
  }

  @Test
  void pipelinedRequestsAreAnsweredInOrder() throws Exception {
    String answers =
        ops.exchange(
            "GET /status HTTP/1.1\r\n\r\nGET /nothing HTTP/1.1\r\n\r\n"
                + "POST /readyz HTTP/1.1\r\nContent-Length: 4\r\n\r\nbody"
                + "GET /healthz HTTP/1.1\r\nConnection: close\r\n\r\n"
                + "GET /never HTTP/1.1\r\n\r\n");
    assertThat(
            answers.lines().filter(line -> line.contains("HTTP/1.1 ")).map(OpsListenerTest::code))
        .containsExactly("200", "404", "405", "200");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "GET /status HTTP/1.1\\r\\nContent-Length: 1\\r\\nTransfer-Encoding: chunked\\r\\n | 400",
        "GET /status HTTP/1.1\\r\\nContent-Length: 1\\r\\nContent-Length: 2\\r\\n | 400",
        "GET /status HTTP/1.1\\r\\nContent-Length: +1\\r\\n | 400",
        "GET /status HTTP/1.1\\r\\nContent-Length: -1\\r\\n | 400",
        "GET /status HTTP/1.1\\r\\nContent-Length: 1,1\\r\\n | 400",
        "GET /status HTTP/1.1\\r\\nTransfer-Encoding: gzip, chunked\\r\\n | 400",
        "GET /status HTTP/1.1\\r\\nTransfer-Encoding: xchunked\\r\\n | 400",
        "GET /status HTTP/1.1\\r\\nTransfer-Encoding: identity\\r\\n | 400",
        "GET /status HTTP/1.0\\r\\nTransfer-Encoding: chunked\\r\\n | 400",
        "GET /status HTTP/1.1\\r\\nHost: localhost\\r\\nHost: localhost\\r\\n | 400",
        "GET /status HTTP/1.1\\r\\nHost : localhost\\r\\n | 400",
        "GET /status HTTP/1.1\\nHost: localhost\\n | 400",
        "GET /sta\\0tus HTTP/1.1\\r\\n | 400",
        "GET status HTTP/1.1\\r\\n | 400",
        "GET /status#x HTTP/1.1\\r\\n | 400",
        "GET /status\\r\\n | 400",
        "\\x16\\x03\\x01\\x00\\x05hello\\r\\n | 400",
        "CONNECT localhost:80 HTTP/1.1\\r\\n | 400",
        "GET /status HTTP/2.0\\r\\n | 505",
        "GET /status HTTP/1.1\\r\\nContent-Length: 8193\\r\\n | 413",
        "GET /status HTTP/1.1\\r\\nExpect: 100-continue\\r\\nContent-Length: 1\\r\\n | 417",
      })
  void refusesWhatTwoReadersCouldReadDifferentlyAndCloses(String head, int code) throws Exception {
    String smuggled = "GET /healthz HTTP/1.1\r\n\r\n";
    String answer = ops.exchange(unescaped(head) + "\r\n" + smuggled);
    assertThat(answer).startsWith("HTTP/1.1 " + code + " ").contains("Connection: close");
    assertThat(answer).doesNotContain("uptime_seconds");
    assertThat(ops.counted(Metric.OPS_REQUESTS, "other", Integer.toString(code))).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({"16384, 200", "16385, 431", "70000, 431"})
  void theHeaderMayHave16KibAndNotOneByteMore(int bytes, int code) throws Exception {
    String start = "GET /status HTTP/1.1\r\nConnection: close\r\nX: ";
    String end = "\r\n\r\n";
    String filler = "a".repeat(bytes - start.length() - end.length());
    assertThat(ops.exchange(start + filler + end)).startsWith("HTTP/1.1 " + code + " ");
  }

  @Test
  void aRequestLineWithoutEndIsCutAtTheHeaderLimit() throws Exception {
    assertThat(ops.exchange("GET /" + "a".repeat(20_000))).startsWith("HTTP/1.1 431 ");
  }

  @ParameterizedTest
  @CsvSource({"8192, 404", "8193, 413"})
  void aChunkedBodyIsThrownAwayUpToItsLimit(int bytes, int code) throws Exception {
    String answer =
        ops.exchange(
            "POST /x HTTP/1.1\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n"
                + Integer.toHexString(bytes)
                + "\r\n"
                + "b".repeat(bytes)
                + "\r\n0\r\n\r\n");
    assertThat(answer).startsWith("HTTP/1.1 " + code + " ");
  }

  @Test
  void sixtyFourConnectionsAreHeldAndTheNextIsReset() throws Exception {
    for (int i = 0; i < 64; i++) {
      sockets.add(ops.connect());
    }
    Await.until("64 are held", () -> ops.listener.listener().connections() == 64);
    // a fast reset already fails the connect
    assertThatThrownBy(() -> ops.connect().getInputStream().read())
        .isInstanceOf(SocketException.class)
        .hasMessageContaining("reset");
    assertThat(ops.counted(Metric.LISTENER_REFUSED, "127.0.0.1:0", "ops", "listener_limit"))
        .isEqualTo(1);
  }

  @Test
  void aPageOfAServiceIsServedAtItsPath() throws Exception {
    restart(Route.ofService("tracker", "stats.json", accept -> Answer.json(200, "{}")));
    assertThat(get("/tracker/stats.json").body()).isEqualTo("{}");
    assertThat(ops.counted(Metric.OPS_REQUESTS, "service", "200")).isEqualTo(1);
  }

  @Test
  void aPageThatBreaksIsAnAnswerAndALine() throws Exception {
    logs.expect("page_failed");
    restart(
        Route.ofService(
            "tracker",
            "broken",
            accept -> {
              throw new IllegalStateException("secret");
            }));
    HttpResponse<String> answer = get("/tracker/broken");
    assertThat(answer.statusCode()).isEqualTo(500);
    assertThat(answer.body()).isEqualTo("500 internal server error\n");
    assertThat(logs.events("page_failed")).hasSize(1);
  }

  @Test
  void aPageThatWaitsHoldsUpNobodyElse() throws Exception {
    restart(Route.ofService("slow", "page", accept -> waited()));
    Socket slow = ops.connect();
    sockets.add(slow);
    slow.getOutputStream()
        .write("GET /slow/page HTTP/1.1\r\nConnection: close\r\n\r\n".getBytes(ISO_8859_1));
    assertThat(entered.await(10, TimeUnit.SECONDS)).isTrue();
    for (int i = 0; i < 8; i++) {
      assertThat(get("/status").statusCode()).isEqualTo(200);
    }
    release.countDown();
    assertThat(new String(slow.getInputStream().readAllBytes(), ISO_8859_1)).endsWith("waited");
  }

  @Test
  void closingEndsIdleConnectionsAndFreesThePort() throws Exception {
    Socket idle = ops.connect();
    sockets.add(idle);
    idle.getOutputStream().write("GET /status HTTP/1.1\r\n\r\n".getBytes(ISO_8859_1));
    assertThat(idle.getInputStream().readNBytes(12)).asString(ISO_8859_1).endsWith("200");
    int port = ops.port();
    ops.close();
    assertThat(new String(idle.getInputStream().readAllBytes(), ISO_8859_1)).endsWith("}");
    assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), port).close())
        .isInstanceOf(IOException.class);
  }

  private Answer waited() {
    entered.countDown();
    try {
      assertThat(release.await(10, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return Answer.text(200, "waited");
  }

  private void restart(Route... views) {
    ops.close();
    ops = running(views);
  }

  private static RunningOps running(Route... views) {
    try {
      return new RunningOps(
          new OpsContent(FakeServer.SERVING, null, List.of(), List.of(views)),
          "allowed_hosts = [\"metrics.example.org\"]");
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private HttpResponse<String> get(String path, String... headers) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(ops.uri(path));
    if (headers.length > 0) {
      request.headers(headers);
    }
    try (HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      return client.send(request.build(), BodyHandlers.ofString());
    }
  }

  private static String header(HttpResponse<?> answer, String name) {
    return answer.headers().firstValue(name).orElse("");
  }

  private static String code(String line) {
    return line.substring(line.indexOf("HTTP/1.1 ")).split(" ", -1)[1];
  }

  private static String unescaped(String text) {
    return text.replace("\\r", "\r")
        .replace("\\n", "\n")
        .replace("\\0", "\0")
        .replace("\\x16", "\u0016")
        .replace("\\x03", "\u0003")
        .replace("\\x01", "\u0001")
        .replace("\\x00", "\0")
        .replace("\\x05", "\u0005");
  }
}
