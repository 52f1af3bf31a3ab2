package dev.gatehouse.proxy.l7.http1;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.kernel.metric.Metric;
import dev.gatehouse.proxy.l7.connection.Stage;
import dev.gatehouse.proxy.traffic.CloseCause;
import dev.gatehouse.testkit.Await;
import dev.gatehouse.testkit.LeakGuard;
import dev.gatehouse.testkit.LogGuard;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requests that are answered by the proxy itself, and what becomes of their connections. */
@Timeout(60)
@ExtendWith(LeakGuard.class)
class Http1RefusalTest {

  private static final String GET = "GET / HTTP/1.1$Host: a.example$$";

  @RegisterExtension final LogGuard log = new LogGuard();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "GET / HTTP/1.1$$ | 400 Bad Request | host",
        "GET  / HTTP/1.1$Host: a.example$$ | 400 Bad Request | request_line",
        "GET / HTTP/1.1$Host: a.example$X : 1$$ | 400 Bad Request | header",
        "POST / HTTP/1.1$Host: a.example$Content-Length: 1$Transfer-Encoding: chunked$$"
            + " | 400 Bad Request | framing",
        "CONNECT a.example:443 HTTP/1.1$Host: a.example:443$$ | 501 Not Implemented | method",
        "TRACE / HTTP/1.1$Host: a.example$$ | 405 Method Not Allowed | method",
        "GET / HTTP/2.0$Host: a.example$$ | 505 HTTP Version Not Supported | version",
        "GET / HTTP/1.1$Host: a.example$Expect: more$$ | 417 Expectation Failed | expectation",
      })
  void whatIsNoSoundRequestIsAnsweredAndTheConnectionEnds(
      String request, String status, String reason) throws Exception {
    try (Stage stage = stage("");
        Http1Client client = client(stage)) {
      client.say(request + GET);
      String answer = client.head();
      assertThat(answer)
          .startsWith("HTTP/1.1 " + status + "$")
          .contains("$Cache-Control: no-store$")
          .endsWith("$Connection: close$$");
      assertThat(client.rest()).startsWith(status + "\nrequest ").doesNotContain("HTTP/1.1 200");
      assertThat(stage.metric(Metric.PROXY_REQUESTS_REFUSED, reason)).isEqualTo(1);
      assertThat(stage.lobby().nextEnd()).contains(CloseCause.REFUSED);
      assertThat(stage.backend().connections()).isZero();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "max_request_line = 256 | /LONG | | 414 URI Too Long | uri_length",
        "max_header_size = 1024 | / | LONG | 431 Request Header Fields Too Large | header_size",
      })
  void whatIsTooLongIsSaidToBe(
      String settings, String target, String value, String status, String reason) throws Exception {
    String line = target.replace("LONG", "x".repeat(300));
    String field = value == null ? "1" : value.replace("LONG", "x".repeat(1024));
    try (Stage stage = stage(settings);
        Http1Client client = client(stage)) {
      client.say("GET " + line + " HTTP/1.1$Host: a.example$X: " + field + "$$");
      assertThat(client.head()).startsWith("HTTP/1.1 " + status + "$");
      assertThat(stage.metric(Metric.PROXY_REQUESTS_REFUSED, reason)).isEqualTo(1);
    }
  }

  @Test
  void tooManyFieldsAreTooLargeAHead() throws Exception {
    try (Stage stage = stage("max_header_fields = 8");
        Http1Client client = client(stage)) {
      client.say("GET / HTTP/1.1$Host: a.example$" + "X: 1$".repeat(8) + "$");
      assertThat(client.head()).startsWith("HTTP/1.1 431 ");
    }
  }

  @Test
  void aBrokenChunkIsAnsweredAndNothingIsReadAfterIt() throws Exception {
    try (Stage stage = stage("");
        Http1Client client = client(stage)) {
      client.say("POST / HTTP/1.1$Host: a.example$Transfer-Encoding: chunked$$zz$" + GET);
      assertThat(client.head()).startsWith("HTTP/1.1 400 ").endsWith("$Connection: close$$");
      assertThat(client.rest()).startsWith("400 Bad Request").doesNotContain("HTTP/1.1");
      assertThat(stage.metric(Metric.PROXY_REQUESTS_REFUSED, "framing")).isEqualTo(1);
    }
  }

  @Test
  void aTrailerThatFramesOrRoutesIsRefused() throws Exception {
    try (Stage stage = stage("");
        Http1Client client = client(stage)) {
      client.say(
          "POST / HTTP/1.1$Host: a.example$Transfer-Encoding: chunked$$0$Content-Length: 5$$");
      assertThat(client.head()).startsWith("HTTP/1.1 400 ").endsWith("$Connection: close$$");
      assertThat(stage.metric(Metric.PROXY_REQUESTS_REFUSED, "header")).isEqualTo(1);
    }
  }

  @Test
  void aBodyThatIsAnnouncedTooLargeIsNotRead() throws Exception {
    try (Stage stage = stage("max_request_body = 4");
        Http1Client client = client(stage)) {
      client.say("POST / HTTP/1.1$Host: a.example$Content-Length: 5$$hello");
      assertThat(client.head()).startsWith("HTTP/1.1 413 ").endsWith("$Connection: close$$");
      assertThat(client.rest()).startsWith("413 Content Too Large\n");
      assertThat(stage.metric(Metric.PROXY_REQUESTS_REFUSED, "body_size")).isEqualTo(1);
      assertThat(stage.backend().connections()).isZero();
    }
  }

  @Test
  void aStreamedBodyThatBecomesTooLargeIsStopped() throws Exception {
    try (Stage stage = stage("max_request_body = 4");
        Http1Client client = client(stage)) {
      client.say("POST / HTTP/1.1$Host: a.example$Transfer-Encoding: chunked$$5$hello$0$$");
      assertThat(client.head()).startsWith("HTTP/1.1 413 ").endsWith("$Connection: close$$");
      Await.until("no request", () -> stage.metric(Metric.PROXY_REQUESTS_ACTIVE) == 0);
    }
  }

  @Test
  void aMisdirectedRequestIsAnsweredAndTheConnectionGoesOn() throws Exception {
    try (Stage stage = stage("");
        Http1Client client = client(stage)) {
      client.say("GET / HTTP/1.1$Host: b.example$$" + GET);
      assertThat(client.page())
          .isEqualTo("HTTP/1.1 421 Misdirected Request | 421 Misdirected Request");
      assertThat(client.head()).startsWith("HTTP/1.1 200 ");
      assertThat(stage.metric(Metric.PROXY_REQUESTS_REFUSED, "authority")).isEqualTo(1);
    }
  }

  @Test
  void aMisdirectedRequestWithABodyEndsTheConnection() throws Exception {
    try (Stage stage = stage("");
        Http1Client client = client(stage)) {
      client.say("POST / HTTP/1.1$Host: b.example$Content-Length: 1$$x");
      assertThat(client.head()).startsWith("HTTP/1.1 421 ").endsWith("$Connection: close$$");
      assertThat(client.rest()).startsWith("421 ");
    }
  }

  @Test
  void aRouteThatIsGoneIsMisdirectedAndTheConnectionEnds() throws Exception {
    try (Stage stage = stage("");
        Http1Client client = client(stage)) {
      client.say(GET);
      assertThat(client.head() + client.body(2)).endsWith("$$ok");
      stage.lobby().loseRoute();
      client.say(GET);
      assertThat(client.head()).startsWith("HTTP/1.1 421 ").endsWith("$Connection: close$$");
    }
  }

  @Test
  void aPolicyThatIsAddedHoldsForTheNextRequest() throws Exception {
    try (Stage stage = stage("");
        Http1Client client = client(stage)) {
      client.say(GET);
      assertThat(client.head() + client.body(2)).endsWith("$$ok");
      stage
          .lobby()
          .change(
              stage.backend().route()
                  + "l7_policies = [{ type = \"require_header\", value = \"X-Key\" }]");
      client.say(GET);
      assertThat(client.page()).isEqualTo("HTTP/1.1 403 Forbidden | 403 Forbidden");
      client.say("GET / HTTP/1.1$Host: a.example$X-Key:$$");
      assertThat(client.head()).startsWith("HTTP/1.1 200 ");
      assertThat(stage.metric(Metric.PROXY_POLICY_BLOCKED, "require_header")).isEqualTo(1);
    }
  }

  @Test
  void aClientThatGoesOnTalkingAfterTheAnswerIsCutOff() throws Exception {
    try (Stage stage = stage("");
        Http1Client client = client(stage)) {
      client.say("BROKEN$$");
      assertThat(client.head()).startsWith("HTTP/1.1 400 ");
      assertThat(isCutOff(client)).isTrue();
      assertThat(stage.lobby().nextEnd()).contains(CloseCause.REFUSED);
    }
  }

  private static boolean isCutOff(Http1Client client) {
    try {
      for (int i = 0; i < 1024; i++) {
        client.say("x".repeat(16 * 1024));
      }
      return false;
    } catch (IOException cut) {
      return true;
    }
  }

  @Test
  void aFieldWithAnUnderscoreIsDroppedAndCounted() throws Exception {
    try (Stage stage = stage("");
        Http1Client client = client(stage)) {
      client.say("GET / HTTP/1.1$Host: a.example$X_Auth: 1$$");
      assertThat(client.head()).startsWith("HTTP/1.1 200 ");
      assertThat(stage.backend().next()).doesNotContain("X_Auth");
      assertThat(stage.metric(Metric.PROXY_HEADERS_DROPPED, "underscore")).isEqualTo(1);
    }
  }

  @Test
  void ofWhatIsNoRequestTheLogRepeatsNothing() throws Exception {
    try (Stage stage = stage("");
        Http1Client client = client(stage)) {
      client.say("GET / HTTP/1.1$Host: a.example$Secret : 1$$");
      assertThat(client.head()).startsWith("HTTP/1.1 400 ");
      Await.until("a line", () -> !log.events("request").isEmpty());
      assertThat(log.events("request").getFirst().fields())
          .containsEntry("status", "400")
          .containsEntry("origin", "proxy")
          .containsEntry("cause", "header")
          .doesNotContainValue("GET")
          .doesNotContainValue("/");
    }
  }

  private static Stage stage(String settings) throws Exception {
    return new Stage(Http1Frontend::new, settings);
  }

  private static Http1Client client(Stage stage) throws IOException {
    return new Http1Client(stage.connect());
  }
}
