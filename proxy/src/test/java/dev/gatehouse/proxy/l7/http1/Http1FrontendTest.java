package dev.gatehouse.proxy.l7.http1;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.kernel.metric.Metric;
import dev.gatehouse.proxy.Backend;
import dev.gatehouse.proxy.HttpBackend;
import dev.gatehouse.proxy.l7.connection.PlainDoor;
import dev.gatehouse.proxy.l7.connection.Stage;
import dev.gatehouse.proxy.traffic.CloseCause;
import dev.gatehouse.testkit.Await;
import dev.gatehouse.testkit.LeakGuard;
import dev.gatehouse.testkit.LogGuard;
import java.io.IOException;
import java.net.Socket;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Clients of HTTP/1 and one backend, byte by byte. */
@Timeout(60)
@ExtendWith(LeakGuard.class)
class Http1FrontendTest {

  private static final String GET = "GET /%s HTTP/1.1$Host: a.example$$";
  private static final String OK = "HTTP/1.1 200 OK$Content-Length: 2$$";
  private static final String OK_LAST = "HTTP/1.1 200 OK$Content-Length: 2$Connection: close$$";

  @RegisterExtension final LogGuard log = new LogGuard();

  @Test
  void requestsFollowEachOtherOnOneConnection() throws Exception {
    try (Stage stage = stage("");
        Http1Client client = client(stage)) {
      for (int i = 0; i < 3; i++) {
        client.say(GET.formatted(i));
        assertThat(stage.backend().next()).startsWith("GET /" + i + " HTTP/1.1$Host: a.example$");
        assertThat(client.head() + client.body(2)).isEqualTo(OK + "ok");
      }
      client.leave();
      assertThat(stage.backend().connections()).isEqualTo(1);
      assertThat(stage.lobby().nextEnd()).contains(CloseCause.CLIENT_CLOSED);
    }
  }

  @Test
  void pipelinedRequestsAreServedOneByOneInTheirOrder() throws Exception {
    try (Stage stage = stage("", "HTTP/1.1 200 OK$Content-Length: 1$$1", HttpBackend.OK);
        Http1Client client = client(stage)) {
      client.say(GET.formatted(1) + GET.formatted(2) + GET.formatted(3));
      assertThat(client.head() + client.body(1)).endsWith("$$1");
      assertThat(client.head() + client.body(2)).isEqualTo(OK + "ok");
      assertThat(client.head() + client.body(2)).isEqualTo(OK + "ok");
      assertThat(stage.backend().next()).startsWith("GET /1 ");
      assertThat(stage.backend().next()).startsWith("GET /2 ");
      assertThat(stage.backend().next()).startsWith("GET /3 ");
      assertThat(stage.backend().connections()).isEqualTo(1);
    }
  }

  @Test
  void aRequestMayArriveByteByByte() throws Exception {
    String request =
        "POST / HTTP/1.1$Host: a.example$Transfer-Encoding: chunked$$2$hi$0$X-Sum: 1$$";
    try (Stage stage = stage("");
        Http1Client client = client(stage)) {
      for (String one : request.replace("$", "\r\n").split("", -1)) {
        client.say(one);
      }
      assertThat(client.head() + client.body(2)).isEqualTo(OK + "ok");
      assertThat(stage.backend().next())
          .contains("$Transfer-Encoding: chunked$")
          .endsWith("$0$X-Sum: 1$$");
    }
  }

  @Test
  void aRequestMayBeSplitAnywhere() throws Exception {
    String request =
        "POST /x HTTP/1.1$Host: a.example$Content-Length: 5$$hello".replace("$", "\r\n");
    try (Stage stage = stage("");
        Http1Client client = client(stage)) {
      for (int at = 1; at < request.length(); at++) {
        client.say(request.substring(0, at)).say(request.substring(at));
        assertThat(client.head() + client.body(2)).isEqualTo(OK + "ok");
        assertThat(stage.backend().next()).startsWith("POST /x ").endsWith("$$hello");
      }
    }
  }

  @Test
  void aClientOfHttp10IsServedAndLeft() throws Exception {
    try (Stage stage = stage("");
        Http1Client client = client(stage)) {
      client.say("GET / HTTP/1.0$$");
      assertThat(client.head() + client.rest()).isEqualTo(OK_LAST + "ok");
      assertThat(stage.backend().next()).startsWith("GET / HTTP/1.1$Host: a.example$");
      assertThat(stage.metric(Metric.PROXY_REQUESTS, "http/1.0")).isEqualTo(1);
    }
  }

  @Test
  void aClientOfHttp10GetsAStreamAsItIsAndItsEndIsTheClose() throws Exception {
    try (Stage stage = stage("", "HTTP/1.1 200 OK$Transfer-Encoding: chunked$$3$abc$0$$");
        Http1Client client = client(stage)) {
      client.say("GET / HTTP/1.0$Host: a.example$$");
      assertThat(client.head() + client.rest()).isEqualTo("HTTP/1.1 200 OK$Connection: close$$abc");
    }
  }

  @Test
  void aClientThatAsksToBeLeftIsLeft() throws Exception {
    try (Stage stage = stage("");
        Http1Client client = client(stage)) {
      client.say("GET / HTTP/1.1$Host: a.example$Connection: close$$");
      assertThat(client.head() + client.rest()).isEqualTo(OK_LAST + "ok");
      client.leave();
      assertThat(stage.lobby().nextEnd()).contains(CloseCause.CLIENT_CLOSED);
    }
  }

  @Test
  void aConnectionEndsAfterItsLastRequest() throws Exception {
    try (Stage stage = stage("max_requests_per_connection = 2");
        Http1Client client = client(stage)) {
      client.say(GET.formatted(1));
      assertThat(client.head() + client.body(2)).isEqualTo(OK + "ok");
      client.say(GET.formatted(2));
      assertThat(client.head() + client.rest()).isEqualTo(OK_LAST + "ok");
    }
  }

  @Test
  void theAnswerToHeadHasNoBodyAndTheConnectionGoesOn() throws Exception {
    try (Stage stage = stage("", "HTTP/1.1 200 OK$Content-Length: 700$$", HttpBackend.OK);
        Http1Client client = client(stage)) {
      client.say("HEAD / HTTP/1.1$Host: a.example$$").say(GET.formatted(""));
      assertThat(client.head()).isEqualTo("HTTP/1.1 200 OK$Content-Length: 700$$");
      assertThat(client.head() + client.body(2)).isEqualTo(OK + "ok");
    }
  }

  @Test
  void aPageInAnswerToHeadHasNoBodyEither() throws Exception {
    try (Stage stage = stage("");
        Http1Client client = client(stage)) {
      client.say("HEAD / HTTP/1.1$Host: b.example$$").say(GET.formatted(""));
      assertThat(client.head()).startsWith("HTTP/1.1 421 Misdirected Request$");
      assertThat(client.head()).isEqualTo(OK);
    }
  }

  @Test
  void aStreamedBodyPassesInChunksWithItsTrailer() throws Exception {
    try (Stage stage = stage("", "HTTP/1.1 200 OK$Transfer-Encoding: chunked$$3$abc$0$X-Sum: 6$$");
        Http1Client client = client(stage)) {
      client.say(GET.formatted(""));
      assertThat(client.head()).isEqualTo("HTTP/1.1 200 OK$Transfer-Encoding: chunked$$");
      assertThat(client.body(8 + 5 + 10)).isEqualTo("3$abc$0$X-Sum: 6$$");
    }
  }

  @Test
  void aBodyThatEndsWithItsBackendsConnectionBecomesChunks() throws Exception {
    try (Backend closing = new Backend(Http1FrontendTest::answerAndClose);
        PlainDoor door =
            new PlainDoor(Http1Frontend::new, "", "backend = \"" + closing.address() + '"');
        Http1Client client = new Http1Client(door.connect())) {
      for (int i = 0; i < 2; i++) {
        client.say(GET.formatted(i));
        assertThat(client.head()).isEqualTo("HTTP/1.1 200 OK$Transfer-Encoding: chunked$$");
        assertThat(client.body(8 + 5)).isEqualTo("3$abc$0$$");
      }
    }
  }

  private static void answerAndClose(Socket socket) throws IOException {
    int _ = socket.getInputStream().read(new byte[4096]);
    socket.getOutputStream().write("HTTP/1.1 200 OK\r\n\r\nabc".getBytes(US_ASCII));
  }

  @Test
  void aResponseThatIsCutShortIsNeverAWholeOne() throws Exception {
    String begun = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n";
    try (Backend cutting = new Backend(socket -> cut(socket, begun));
        PlainDoor door =
            new PlainDoor(Http1Frontend::new, "", "backend = \"" + cutting.address() + '"');
        Http1Client client = new Http1Client(door.connect())) {
      client.say(GET.formatted(""));
      assertThat(client.head() + client.rest()).endsWith("$$3$abc$");
      assertThat(door.lobby().nextEnd()).contains(CloseCause.BACKEND_CLOSED);
    }
  }

  @Test
  void aClientOfHttp10CanTellACutFromAnEndByTheReset() throws Exception {
    String begun = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n";
    try (Backend cutting = new Backend(socket -> cut(socket, begun));
        PlainDoor door =
            new PlainDoor(Http1Frontend::new, "", "backend = \"" + cutting.address() + '"');
        Http1Client client = new Http1Client(door.connect())) {
      client.say("GET / HTTP/1.0$Host: a.example$$");
      assertThatThrownBy(client::rest).hasMessageContaining("reset");
    }
  }

  private static void cut(Socket socket, String begun) throws IOException {
    int _ = socket.getInputStream().read(new byte[4096]);
    socket.getOutputStream().write(begun.getBytes(US_ASCII));
  }

  @Test
  void whoWaitsForContinueGetsTheBackends() throws Exception {
    try (Stage stage = stage("", "HTTP/1.1 100 Continue$$" + HttpBackend.OK);
        Http1Client client = client(stage)) {
      client.say("PUT / HTTP/1.1$Host: a.example$Content-Length: 0$Expect: 100-continue$$");
      assertThat(stage.backend().next()).contains("$Expect: 100-continue$");
      assertThat(client.head()).startsWith("HTTP/1.1 100 ");
      assertThat(client.head() + client.body(2)).isEqualTo(OK + "ok");
    }
  }

  @Test
  void aClientOfHttp10IsToldNothingBeforeTheResponse() throws Exception {
    try (Stage stage = stage("", "HTTP/1.1 103 Early Hints$Link: </a>$$" + HttpBackend.OK);
        Http1Client client = client(stage)) {
      client.say("GET / HTTP/1.0$Host: a.example$$");
      assertThat(client.head() + client.rest()).isEqualTo(OK_LAST + "ok");
    }
  }

  @Test
  void anEarlyResponseEndsTheConnectionAndTheRestOfTheBodyIsThrownAway() throws Exception {
    try (Backend early = new Backend(Http1FrontendTest::answerHead);
        PlainDoor door =
            new PlainDoor(Http1Frontend::new, "", "backend = \"" + early.address() + '"');
        Http1Client client = new Http1Client(door.connect())) {
      client.say("POST / HTTP/1.1$Host: a.example$Content-Length: 9$$half");
      assertThat(client.head()).contains("413 Content Too Large").contains("$Connection: close$");
      client.say("other");
      assertThat(client.rest()).isEmpty();
    }
  }

  private static void answerHead(Socket socket) throws IOException {
    int _ = socket.getInputStream().read(new byte[4096]);
    socket
        .getOutputStream()
        .write("HTTP/1.1 413 Content Too Large\r\nContent-Length: 0\r\n\r\n".getBytes(US_ASCII));
    int _ = socket.getInputStream().read();
  }

  @Test
  void aBackendThatIsGoneIs502AndTheConnectionGoesOn() throws Exception {
    log.expect("dial_failed");
    try (Stage stage = stage("");
        Http1Client client = client(stage)) {
      stage.backend().close();
      for (int i = 0; i < 2; i++) {
        client.say(GET.formatted(i));
        assertThat(client.page()).isEqualTo("HTTP/1.1 502 Bad Gateway | 502 Bad Gateway");
      }
      assertThat(stage.metric(Metric.PROXY_RESPONSES, "502", "proxy")).isEqualTo(2);
    }
  }

  @Test
  void anIdleConnectionEndsAtOnceWhenTheListenerDrains() throws Exception {
    try (Stage stage = stage("");
        Http1Client client = client(stage)) {
      client.say(GET.formatted(""));
      assertThat(client.head() + client.body(2)).isEqualTo(OK + "ok");
      stage.door().drain();
      assertThat(client.rest()).isEmpty();
      assertThat(stage.lobby().nextEnd()).contains(CloseCause.SHUTDOWN);
    }
  }

  @Test
  void aRequestUnderWayEndsBeforeItsConnectionDrains() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    try (Backend waiting = new Backend(socket -> answerLate(socket, release));
        PlainDoor door =
            new PlainDoor(Http1Frontend::new, "", "backend = \"" + waiting.address() + '"');
        Http1Client client = new Http1Client(door.connect())) {
      client.say(GET.formatted(""));
      Await.until("the backend has it", () -> waiting.connections() == 1);
      door.drain();
      release.countDown();
      assertThat(client.head() + client.rest()).isEqualTo(OK_LAST + "ok");
    }
  }

  private static void answerLate(Socket socket, CountDownLatch release) throws Exception {
    int _ = socket.getInputStream().read(new byte[4096]);
    release.await();
    socket
        .getOutputStream()
        .write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok".getBytes(US_ASCII));
  }

  @Test
  void aClientThatLeavesTakesItsRequestWithIt() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    CountDownLatch ended = new CountDownLatch(1);
    try (Backend waiting =
            new Backend(
                socket -> {
                  int _ = socket.getInputStream().read(new byte[4096]);
                  if (socket.getInputStream().read() < 0) {
                    ended.countDown();
                  }
                  release.await();
                });
        PlainDoor door =
            new PlainDoor(Http1Frontend::new, "", "backend = \"" + waiting.address() + '"');
        Http1Client client = new Http1Client(door.connect())) {
      client.say(GET.formatted(""));
      Await.until("the backend has it", () -> waiting.connections() == 1);
      client.leave();
      assertThat(ended.await(10, TimeUnit.SECONDS)).isTrue();
      release.countDown();
      Await.until("no request", () -> door.metric(Metric.PROXY_REQUESTS_ACTIVE) == 0);
    }
  }

  @Test
  void aRequestIsToldToTheLogWithWhatBecameOfIt() throws Exception {
    try (Stage stage = stage("");
        Http1Client client = client(stage)) {
      client.say("GET /x?y HTTP/1.1$Host: a.example$User-Agent: curl$Referer: https://r$$");
      assertThat(client.head() + client.body(2)).isEqualTo(OK + "ok");
      Await.until("a line", () -> !log.events("request").isEmpty());
      assertThat(log.events("request").getFirst().fields())
          .containsEntry("route", "a.example")
          .containsEntry("client", "192.0.2.10:4711")
          .containsEntry("protocol", "http/1.1")
          .containsEntry("target", "/x?y")
          .containsEntry("status", "200")
          .containsEntry("origin", "backend")
          .containsEntry("user_agent", "curl")
          .containsEntry("referer", "https://r")
          .containsEntry("backend_bytes", "2");
    }
  }

  private static Stage stage(String settings, String... responses) throws Exception {
    return new Stage(Http1Frontend::new, settings, responses);
  }

  private static Http1Client client(Stage stage) throws IOException {
    return new Http1Client(stage.connect());
  }
}
