package dev.gatehouse.proxy.l7.http2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.kernel.metric.Metric;
import dev.gatehouse.proxy.l7.connection.Stage;
import dev.gatehouse.proxy.l7.http2.Http2Client.Frame;
import dev.gatehouse.proxy.traffic.CloseCause;
import dev.gatehouse.testkit.Await;
import dev.gatehouse.testkit.LeakGuard;
import dev.gatehouse.testkit.LogGuard;
import io.netty.handler.codec.http2.Http2Error;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Streams and connections of HTTP/2 that the proxy ends by itself. */
@Timeout(60)
@ExtendWith(LeakGuard.class)
class Http2RefusalTest {

  @RegisterExtension final LogGuard log = new LogGuard();

  @ParameterizedTest
  @CsvSource({
    ":method, GET, :scheme, https, :path, /, host",
    ":method, GET, :scheme, http, :authority, a.example, request_line",
    ":method, GET, :scheme, https, connection, close, header",
    ":method, G T, :scheme, https, :authority, a.example, method",
  })
  void whatIsNoRequestIsResetWithoutAnAnswer(
      String a, String b, String c, String d, String e, String f, String reason) throws Exception {
    try (Stage stage = stage("");
        Http2Client client = client(stage)) {
      client.head(1, true, a, b, c, d, e, f, ":path".equals(e) ? "x" : ":path", "/");
      Frame reset = client.next(Frames.RST_STREAM);
      assertThat(reset.stream()).isEqualTo(1);
      assertThat(reset.number(0)).isEqualTo((int) Http2Error.PROTOCOL_ERROR.code());
      assertThat(stage.metric(Metric.PROXY_REQUESTS_REFUSED, reason)).isEqualTo(1);
      client.request(3, true, "GET");
      assertThat(client.nextFields()).containsEntry(":status", "200");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "CONNECT, x, 1, 501, method",
    "TRACE, x, 1, 405, method",
    "GET, expect, more, 417, expectation",
  })
  void whatIsNotServedIsAnsweredAndTheConnectionGoesOn(
      String method, String name, String value, String status, String reason) throws Exception {
    try (Stage stage = stage("");
        Http2Client client = client(stage)) {
      client.request(1, true, method, name, value);
      assertThat(client.nextFields())
          .containsEntry(":status", status)
          .containsEntry("cache-control", "no-store");
      assertThat(client.next(Frames.DATA).text()).startsWith(status + " ");
      assertThat(stage.metric(Metric.PROXY_REQUESTS_REFUSED, reason)).isEqualTo(1);
      client.request(3, true, "GET");
      assertThat(client.nextFields()).containsEntry(":status", "200");
    }
  }

  @Test
  void aBlockThatIsALittleTooLargeIsAnswered() throws Exception {
    try (Stage stage = stage("");
        Http2Client client = client(stage)) {
      client.request(1, true, "GET", "x", "v".repeat(80 * 1024));
      assertThat(client.nextFields()).containsEntry(":status", "431");
      client.request(3, true, "GET");
      assertThat(client.nextFields()).containsEntry(":status", "200");
      assertThat(stage.metric(Metric.PROXY_REQUESTS_REFUSED, "header_size")).isEqualTo(1);
    }
  }

  @Test
  void aBlockThatIsFarTooLargeEndsTheConnection() throws Exception {
    log.expect("h2_abuse");
    try (Stage stage = stage("");
        Http2Client client = client(stage)) {
      client.request(1, true, "GET", "x", "\u007f".repeat(130 * 1024));
      Frame goAway = client.next(Frames.GOAWAY);
      assertThat(goAway.number(4)).isEqualTo((int) Http2Error.ENHANCE_YOUR_CALM.code());
      assertThat(client.ends()).isTrue();
      assertThat(stage.metric(Metric.PROXY_H2_ABUSE, "header_list")).isEqualTo(1);
      assertThat(stage.lobby().nextEnd()).contains(CloseCause.H2_ABUSE);
    }
  }

  @Test
  void aTargetThatIsTooLongIsSaidToBe() throws Exception {
    try (Stage stage = stage("max_request_line = 256");
        Http2Client client = client(stage)) {
      client.head(
          1,
          true,
          ":method",
          "GET",
          ":scheme",
          "https",
          ":authority",
          "a.example",
          ":path",
          "/" + "x".repeat(256));
      assertThat(client.nextFields()).containsEntry(":status", "414");
    }
  }

  @Test
  void aMisdirectedRequestIsAnsweredAndTheConnectionGoesOn() throws Exception {
    try (Stage stage = stage("");
        Http2Client client = client(stage)) {
      client.head(
          1, true, ":method", "GET", ":scheme", "https", ":authority", "b.example", ":path", "/");
      assertThat(client.nextFields()).containsEntry(":status", "421");
      client.request(3, true, "GET");
      assertThat(client.nextFields()).containsEntry(":status", "200");
    }
  }

  @Test
  void aRouteThatIsGoneIsMisdirectedAndTheConnectionComesToItsEnd() throws Exception {
    try (Stage stage = stage("");
        Http2Client client = client(stage)) {
      client.request(1, true, "GET");
      assertThat(client.nextFields()).containsEntry(":status", "200");
      assertThat(client.next(Frames.DATA).text()).isEqualTo("ok");
      stage.lobby().loseRoute();
      client.request(3, true, "GET");
      assertThat(client.nextFields()).containsEntry(":status", "421");
      assertThat(client.next(Frames.GOAWAY).number(4)).isZero();
      assertThat(client.ends()).isTrue();
      assertThat(stage.lobby().nextEnd()).contains(CloseCause.REFUSED);
    }
  }

  @Test
  void aBodyThatIsTooLargeIsStoppedAfterItsAnswer() throws Exception {
    try (Stage stage = stage("max_request_body = 4");
        Http2Client client = client(stage)) {
      client.request(1, false, "POST").data(1, false, "hello");
      assertThat(client.nextFields()).containsEntry(":status", "413");
      assertThat(client.next(Frames.DATA).text()).startsWith("413 Content Too Large\n");
      assertThat(client.next(Frames.RST_STREAM).number(0)).isZero();
      assertThat(stage.metric(Metric.PROXY_REQUESTS_REFUSED, "body_size")).isEqualTo(1);
    }
  }

  @Test
  void aTrailerThatFramesOrRoutesIsRefused() throws Exception {
    try (Stage stage = stage("");
        Http2Client client = client(stage)) {
      client.request(1, false, "POST").head(1, true, "content-length", "0");
      assertThat(client.nextFields()).containsEntry(":status", "400");
      assertThat(stage.metric(Metric.PROXY_REQUESTS_REFUSED, "header")).isEqualTo(1);
    }
  }

  @Test
  void aTrailerThatIsNoBlockIsResetAndItsRequestIsGivenUp() throws Exception {
    try (Stage stage = stage("");
        Http2Client client = client(stage)) {
      client.request(1, false, "POST").head(1, true, ":path", "/");
      assertThat(client.next(Frames.RST_STREAM).number(0))
          .isEqualTo((int) Http2Error.PROTOCOL_ERROR.code());
      Await.until("no request", () -> stage.metric(Metric.PROXY_REQUESTS_ACTIVE) == 0);
    }
  }

  @Test
  void aRefusedCallOfGrpcIsToldInItsOwnWords() throws Exception {
    try (Stage stage = stage("");
        Http2Client client = client(stage)) {
      stage
          .lobby()
          .change(
              stage.backend().route()
                  + "l7_policies = [{ type = \"require_header\", value = \"X-Key\" }]");
      client.request(1, false, "POST", "content-type", "application/grpc");
      Frame head = client.next(Frames.HEADERS);
      Map<String, String> fields = client.fields(head);
      assertThat(fields)
          .containsEntry(":status", "403")
          .containsEntry("grpc-status", "7")
          .containsEntry("grpc-message", "Forbidden");
      assertThat(head.ended()).isTrue();
    }
  }

  @ParameterizedTest
  @CsvSource({"6, 0, 0, 8, 101, ping", "4, 1, 0, 0, 50, settings", "2, 0, 1, 5, 101, priority"})
  void whoDoesTooMuchOfAKindIsToldToCalmDown(
      int type, int flags, int stream, int length, int times, String kind) throws Exception {
    log.expect("h2_abuse");
    try (Stage stage = stage("");
        Http2Client client = client(stage)) {
      Frames frames = new Frames();
      for (int i = 0; i < times; i++) {
        frames.empty(type, flags, stream, length);
      }
      client.send(frames);
      Frame goAway = client.next(Frames.GOAWAY);
      assertThat(goAway.number(4)).isEqualTo((int) Http2Error.ENHANCE_YOUR_CALM.code());
      assertThat(goAway.text()).endsWith(kind);
      assertThat(client.ends()).isTrue();
      assertThat(stage.metric(Metric.PROXY_H2_ABUSE, kind)).isEqualTo(1);
      assertThat(stage.lobby().nextEnd()).contains(CloseCause.H2_ABUSE);
      assertThat(log.events("h2_abuse").getFirst().fields())
          .containsEntry("kind", kind)
          .containsEntry("client", "192.0.2.10:4711");
    }
  }

  @Test
  void whoGivesUpManyStreamsBeforeAnAnswerIsToldToCalmDown() throws Exception {
    log.expect("h2_abuse");
    try (Stage stage = stage("");
        Http2Client client = client(stage)) {
      Frames resets = new Frames();
      for (int i = 0; i < 51; i++) {
        resets.reset(1, 8);
      }
      client.head(1, false, ":method", "POST", ":scheme", "https", ":path", "/");
      client.next(Frames.RST_STREAM);
      client.send(resets);
      assertThat(client.next(Frames.GOAWAY).text()).endsWith("rapid_reset");
      assertThat(stage.metric(Metric.PROXY_H2_ABUSE, "rapid_reset")).isEqualTo(1);
    }
  }

  @Test
  void whatIsNoHttp2EndsTheConnection() throws Exception {
    try (Stage stage = stage("");
        Http2Client client = client(stage)) {
      client.send(new Frames().window(0, 0));
      assertThat(client.next(Frames.GOAWAY).number(4))
          .isEqualTo((int) Http2Error.PROTOCOL_ERROR.code());
      assertThat(client.ends()).isTrue();
      assertThat(stage.lobby().nextEnd()).contains(CloseCause.REFUSED);
    }
  }

  @Test
  void aDrainTakesNoNewStreamsAndEndsWhenTheOldOnesHave() throws Exception {
    try (Stage stage = stage("");
        Http2Client client = client(stage)) {
      client.request(1, false, "POST").send(new Frames().ping());
      client.next(Frames.PING);
      stage.door().drain();
      Frame first = client.next(Frames.GOAWAY);
      assertThat(first.number(0)).isEqualTo(Integer.MAX_VALUE);
      assertThat(first.number(4)).isZero();
      assertThat(client.next(Frames.GOAWAY).number(0)).isEqualTo(1);
      client.data(1, true, "x");
      assertThat(client.nextFields()).containsEntry(":status", "200");
      assertThat(client.ends()).isTrue();
      assertThat(stage.lobby().nextEnd()).contains(CloseCause.SHUTDOWN);
    }
  }

  @Test
  void anIdleConnectionEndsAtOnceWhenTheListenerDrains() throws Exception {
    try (Stage stage = stage("");
        Http2Client client = client(stage)) {
      client.next(Frames.SETTINGS);
      stage.door().drain();
      assertThat(client.next(Frames.GOAWAY).number(4)).isZero();
      assertThat(client.ends()).isTrue();
    }
  }

  @Test
  void aConnectionIsReplacedAfterItsLastStream() throws Exception {
    try (Stage stage = stage("h2_max_streams_per_connection = 2");
        Http2Client client = client(stage)) {
      client.request(1, true, "GET");
      assertThat(client.nextFields()).containsEntry(":status", "200");
      client.request(3, true, "GET");
      assertThat(client.next(Frames.GOAWAY).number(4)).isZero();
      assertThat(client.nextFields()).containsEntry(":status", "200");
      assertThat(client.ends()).isTrue();
      assertThat(stage.lobby().nextEnd()).contains(CloseCause.CLIENT_CLOSED);
    }
  }

  @Test
  void aConnectionWithoutAStreamEndsInTime() throws Exception {
    try (Stage stage = stage("");
        Http2Client client = client(stage)) {
      client.next(Frames.SETTINGS);
      stage.lobby().pass(Duration.ofSeconds(75));
      assertThat(client.next(Frames.GOAWAY).number(4)).isZero();
      assertThat(client.ends()).isTrue();
      assertThat(stage.lobby().nextEnd()).contains(CloseCause.KEEPALIVE);
    }
  }

  @Test
  void aBlockThatDoesNotEndEndsTheConnectionInTime() throws Exception {
    try (Stage stage = stage("");
        Http2Client client = client(stage)) {
      client.send(new Frames().ping().empty(Frames.HEADERS, 0, 1, 1));
      client.next(Frames.PING);
      Await.until(
          "the head is too slow",
          () -> {
            stage.lobby().pass(Duration.ofSeconds(1));
            return stage.metric(Metric.PROXY_REQUESTS_REFUSED, "header_timeout") == 1;
          });
      assertThat(client.next(Frames.GOAWAY).text()).endsWith("header_timeout");
      assertThat(client.ends()).isTrue();
      assertThat(stage.lobby().nextEnd()).contains(CloseCause.REFUSED);
    }
  }

  @Test
  void aStreamWhoseClientTakesNothingIsGivenUp() throws Exception {
    String large = "HTTP/1.1 200 OK$Content-Length: 300000$$" + "x".repeat(300_000);
    try (Stage stage = stage("", large);
        Http2Client client = client(stage)) {
      client.request(1, true, "GET");
      assertThat(client.nextFields()).containsEntry(":status", "200");
      Await.until(
          "the stream is stuck",
          () -> {
            stage.lobby().pass(Duration.ofSeconds(1));
            return stage.metric(Metric.PROXY_H2_ABUSE, "stall") == 1;
          });
      assertThat(client.next(Frames.RST_STREAM).number(0))
          .isEqualTo((int) Http2Error.CANCEL.code());
      client.send(new Frames().ping());
      assertThat(client.next(Frames.PING).flags()).isEqualTo(Frames.ACK);
    }
  }

  private static Stage stage(String settings, String... responses) throws Exception {
    return new Stage(Http2Frontend::of, settings, responses);
  }

  private static Http2Client client(Stage stage) throws IOException {
    return new Http2Client(stage.connect());
  }
}
