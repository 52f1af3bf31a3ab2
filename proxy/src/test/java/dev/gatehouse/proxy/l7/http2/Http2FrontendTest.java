package dev.gatehouse.proxy.l7.http2;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.kernel.metric.Metric;
import dev.gatehouse.proxy.Backend;
import dev.gatehouse.proxy.HttpBackend;
import dev.gatehouse.proxy.l7.connection.PlainDoor;
import dev.gatehouse.proxy.l7.connection.Stage;
import dev.gatehouse.proxy.l7.http2.Http2Client.Frame;
import dev.gatehouse.proxy.traffic.CloseCause;
import dev.gatehouse.testkit.Await;
import dev.gatehouse.testkit.LeakGuard;
import dev.gatehouse.testkit.LogGuard;
import io.netty.handler.codec.http2.Http2Error;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Clients of HTTP/2 and one backend, frame by frame. */
@Timeout(60)
@ExtendWith(LeakGuard.class)
class Http2FrontendTest {

  private static final String PIECE = "x".repeat(16 * 1024);
  private static final int MUCH = 32 * 1024 * 1024;

  @RegisterExtension final LogGuard log = new LogGuard();

  @Test
  void theProxySaysWhatItAllows() throws Exception {
    try (Stage stage = stage("");
        Http2Client client = client(stage)) {
      Frame settings = client.next(Frames.SETTINGS);
      assertThat(setting(settings, 3)).isEqualTo(100);
      assertThat(setting(settings, 4)).isEqualTo(256 * 1024);
      assertThat(setting(settings, 6)).isEqualTo(64 * 1024);
      assertThat(client.next(Frames.WINDOW_UPDATE).number(0)).isEqualTo(1024 * 1024 - 65_535);
    }
  }

  private static int setting(Frame settings, int id) {
    for (int at = 0; at < settings.payload().length; at += 6) {
      if (settings.payload()[at + 1] == id) {
        return settings.number(at + 2);
      }
    }
    throw new AssertionError("no setting " + id);
  }

  @Test
  void aResponseIsWholeBeforeTheRestOfItsRequestIsRefused() throws Exception {
    byte[] smallWindow = {0, 4, 0, 0, 0, 10};
    try (Backend hasty = new Backend(Http2FrontendTest::answerTheHead);
        PlainDoor door =
            new PlainDoor(
                Http2Frontend::of,
                "",
                "backend = \"" + hasty.address() + "\"\nbackend_protocol = \"h1\"\n");
        Http2Client client = new Http2Client(door.connect(), smallWindow)) {
      client.request(1, false, "POST");
      assertThat(client.nextFields()).containsEntry(":status", "200");
      assertThat(client.next(Frames.DATA).payload()).hasSize(10);
      client.send(new Frames().window(1, 90));
      Frame rest = client.next(Frames.DATA);
      assertThat(rest.payload()).hasSize(90);
      assertThat(rest.ended()).isTrue();
      assertThat(client.next(Frames.RST_STREAM).number(0))
          .isEqualTo((int) Http2Error.NO_ERROR.code());
    }
  }

  /** Answers as soon as the head of a request is there, whatever follows it. */
  private static void answerTheHead(Socket socket) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      head.append((char) socket.getInputStream().read());
    }
    String response = "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n" + "x".repeat(100);
    socket.getOutputStream().write(response.getBytes(US_ASCII));
    assertThat(socket.getInputStream().transferTo(OutputStream.nullOutputStream())).isNotNegative();
  }

  @Test
  void aRequestGoesThereAndItsResponseComesBack() throws Exception {
    try (Stage stage = stage("", "HTTP/1.1 200 OK$Content-Length: 2$X-Some: Value$$ok");
        Http2Client client = client(stage)) {
      client.request(1, true, "GET", "x-mine", "1");
      assertThat(client.nextFields())
          .containsEntry(":status", "200")
          .containsEntry("content-length", "2")
          .containsEntry("x-some", "Value")
          .containsKey("x-request-id")
          .containsKey("date");
      Frame body = client.next(Frames.DATA);
      assertThat(body.text()).isEqualTo("ok");
      assertThat(body.ended() || client.next(Frames.DATA).ended()).isTrue();
      assertThat(stage.backend().next())
          .startsWith("GET / HTTP/1.1$Host: a.example$")
          .contains("$x-mine: 1$")
          .doesNotContain("Transfer-Encoding");
      assertThat(stage.metric(Metric.PROXY_REQUESTS, "h2")).isEqualTo(1);
    }
  }

  @Test
  void manyRequestsShareAConnection() throws Exception {
    try (Stage stage = stage("");
        Http2Client client = client(stage)) {
      for (int stream = 1; stream < 41; stream += 2) {
        client.request(stream, true, "GET");
      }
      for (int i = 0; i < 20; i++) {
        assertThat(client.nextFields()).containsEntry(":status", "200");
      }
    }
  }

  @Test
  void aBodyStreamsThereInChunksWithItsTrailer() throws Exception {
    try (Stage stage = stage("");
        Http2Client client = client(stage)) {
      client.request(1, false, "POST").data(1, false, "abc").data(1, false, "de");
      client.head(1, true, "x-sum", "5");
      assertThat(client.nextFields()).containsEntry(":status", "200");
      assertThat(stage.backend().next())
          .contains("$Transfer-Encoding: chunked$")
          .contains("abc")
          .endsWith("$0$x-sum: 5$$");
    }
  }

  @Test
  void aBodyOfKnownLengthKeepsIt() throws Exception {
    try (Stage stage = stage("");
        Http2Client client = client(stage)) {
      client.request(1, false, "POST", "content-length", "5").data(1, true, "hello");
      assertThat(client.nextFields()).containsEntry(":status", "200");
      assertThat(stage.backend().next()).contains("$Content-Length: 5$").endsWith("$$hello");
    }
  }

  @Test
  void aBodyThatIsNotAsLongAsItSaysIsNoRequest() throws Exception {
    try (Stage stage = stage("");
        Http2Client client = client(stage)) {
      client.request(1, false, "POST", "content-length", "5").data(1, true, "hell");
      assertThat(client.next(Frames.RST_STREAM).number(0))
          .isEqualTo((int) Http2Error.PROTOCOL_ERROR.code());
      Await.until("no request", () -> stage.metric(Metric.PROXY_REQUESTS_ACTIVE) == 0);
    }
  }

  @Test
  void aStreamedResponseKeepsItsTrailer() throws Exception {
    try (Stage stage = stage("", "HTTP/1.1 200 OK$Transfer-Encoding: chunked$$3$abc$0$X-Sum: 3$$");
        Http2Client client = client(stage)) {
      client.request(1, true, "GET");
      assertThat(client.nextFields())
          .containsEntry(":status", "200")
          .doesNotContainKey("transfer-encoding");
      assertThat(client.next(Frames.DATA).text()).isEqualTo("abc");
      Frame trailer = client.next(Frames.HEADERS);
      assertThat(client.fields(trailer)).containsEntry("x-sum", "3");
      assertThat(trailer.ended()).isTrue();
    }
  }

  @Test
  void newsComeBeforeTheResponse() throws Exception {
    try (Stage stage = stage("", "HTTP/1.1 103 Early Hints$Link: </a>$$" + HttpBackend.OK);
        Http2Client client = client(stage)) {
      client.request(1, true, "GET");
      assertThat(client.nextFields()).containsEntry(":status", "103").containsEntry("link", "</a>");
      assertThat(client.nextFields()).containsEntry(":status", "200");
    }
  }

  @Test
  void theAnswerToHeadIsAHeadAndItsEnd() throws Exception {
    try (Stage stage = stage("", "HTTP/1.1 200 OK$Content-Length: 700$$");
        Http2Client client = client(stage)) {
      client.request(1, true, "HEAD");
      Frame head = client.next(Frames.HEADERS);
      assertThat(client.fields(head)).containsEntry("content-length", "700");
      assertThat(head.ended()).isTrue();
    }
  }

  @Test
  void crumbsOfCookiesBecomeOneField() throws Exception {
    try (Stage stage = stage("");
        Http2Client client = client(stage)) {
      client.request(1, true, "GET", "cookie", "a=1", "cookie", "b=2");
      assertThat(client.nextFields()).containsEntry(":status", "200");
      assertThat(stage.backend().next()).containsIgnoringCase("$cookie: a=1; b=2$");
    }
  }

  @Test
  void aStreamThatIsGivenUpTakesItsRequestWithIt() throws Exception {
    CountDownLatch ended = new CountDownLatch(1);
    try (Backend waiting = new Backend(socket -> awaitEnd(socket, ended));
        PlainDoor door = door("", waiting);
        Http2Client client = new Http2Client(door.connect())) {
      client.request(1, true, "GET");
      Await.until("the backend has it", () -> waiting.connections() == 1);
      client.send(new Frames().reset(1, 8));
      assertThat(ended.await(10, TimeUnit.SECONDS)).isTrue();
      Await.until("no request", () -> door.metric(Metric.PROXY_REQUESTS_ACTIVE) == 0);
      client.send(new Frames().ping());
      assertThat(client.next(Frames.PING).flags()).isEqualTo(Frames.ACK);
    }
  }

  @Test
  void aClientThatLeavesTakesAllItsRequestsWithIt() throws Exception {
    CountDownLatch ended = new CountDownLatch(2);
    try (Backend waiting = new Backend(socket -> awaitEnd(socket, ended));
        PlainDoor door = door("", waiting);
        Http2Client client = new Http2Client(door.connect())) {
      client.request(1, true, "GET").request(3, true, "GET");
      Await.until("the backend has them", () -> waiting.connections() == 2);
      client.leave();
      assertThat(ended.await(10, TimeUnit.SECONDS)).isTrue();
      Await.until("no request", () -> door.metric(Metric.PROXY_REQUESTS_ACTIVE) == 0);
      assertThat(door.lobby().nextEnd()).contains(CloseCause.CLIENT_CLOSED);
    }
  }

  private static void awaitEnd(Socket socket, CountDownLatch ended) throws IOException {
    byte[] read = new byte[4096];
    int length = socket.getInputStream().read(read);
    while (length >= 0) {
      length = socket.getInputStream().read(read);
    }
    ended.countDown();
  }

  @Test
  void aResponseThatIsCutShortIsAnErrorOfItsStream() throws Exception {
    try (Backend cutting = new Backend(Http2FrontendTest::cut);
        PlainDoor door = door("", cutting);
        Http2Client client = new Http2Client(door.connect())) {
      client.request(1, true, "GET");
      assertThat(client.nextFields()).containsEntry(":status", "200");
      assertThat(client.next(Frames.RST_STREAM).number(0))
          .isEqualTo((int) Http2Error.INTERNAL_ERROR.code());
    }
  }

  private static void cut(Socket socket) throws IOException {
    int _ = socket.getInputStream().read(new byte[4096]);
    socket
        .getOutputStream()
        .write("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc".getBytes(US_ASCII));
  }

  @Test
  void anEarlyResponseStopsTheUploadWithoutAnError() throws Exception {
    try (Backend early = new Backend(Http2FrontendTest::answerHead);
        PlainDoor door = door("", early);
        Http2Client client = new Http2Client(door.connect())) {
      client.request(1, false, "POST").data(1, false, "half");
      Frame head = client.next(Frames.HEADERS);
      assertThat(client.fields(head)).containsEntry(":status", "413");
      assertThat(head.ended()).isTrue();
      assertThat(client.next(Frames.RST_STREAM).number(0))
          .isEqualTo((int) Http2Error.NO_ERROR.code());
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
  void bytesOfAWindowAreGivenBackOnlyAsTheBackendTakesThem() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    try (Backend slow = new Backend(socket -> readLate(socket, release));
        PlainDoor door = door("", slow);
        Http2Client client = new Http2Client(door.connect())) {
      client.request(1, false, "POST");
      // as the client has not acknowledged any other
      int window = 65_535;
      int sent = 0;
      int quiet = 0;
      while (sent < MUCH && quiet < 50) {
        for (; window >= PIECE.length(); window -= PIECE.length()) {
          client.data(1, false, PIECE);
          sent += PIECE.length();
        }
        // as many pings as are allowed
        door.lobby().pass(Duration.ofMillis(15));
        int given = givenBack(client);
        quiet = given == 0 ? quiet + 1 : 0;
        window += given;
      }
      assertThat(sent).isLessThan(MUCH);
      release.countDown();
      assertThat(client.next(Frames.WINDOW_UPDATE).number(0)).isPositive();
    }
  }

  /** How much of the window of stream 1 comes back before the answer to a ping. */
  private static int givenBack(Http2Client client) throws Exception {
    client.send(new Frames().ping());
    int given = 0;
    Frame frame = client.frame();
    while (frame.type() != Frames.PING) {
      given += frame.type() == Frames.WINDOW_UPDATE && frame.stream() == 1 ? frame.number(0) : 0;
      frame = client.frame();
    }
    return given;
  }

  private static void readLate(Socket socket, CountDownLatch release) throws Exception {
    int _ = socket.getInputStream().read(new byte[64]);
    release.await();
    byte[] read = new byte[64 * 1024];
    int length = socket.getInputStream().read(read);
    while (length >= 0) {
      length = socket.getInputStream().read(read);
    }
  }

  private static Stage stage(String settings, String... responses) throws Exception {
    return new Stage(Http2Frontend::of, settings, responses);
  }

  private static PlainDoor door(String settings, Backend backend) throws Exception {
    return new PlainDoor(
        Http2Frontend::of,
        settings,
        "backend = \"" + backend.address() + "\"\nbackend_protocol = \"h1\"");
  }

  private static Http2Client client(Stage stage) throws IOException {
    return new Http2Client(stage.connect());
  }
}
