package dev.gatehouse.proxy.l7.http2;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.kernel.metric.Metric;
import dev.gatehouse.proxy.Backend;
import dev.gatehouse.proxy.l7.connection.PlainDoor;
import dev.gatehouse.proxy.l7.http2.Http2Client.Frame;
import dev.gatehouse.testkit.LeakGuard;
import io.netty.handler.codec.http2.Http2Error;
import java.io.IOException;
import java.net.Socket;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** WebSocket on a stream of HTTP/2 (RFC 8441), before a backend that knows HTTP/1.1 alone. */
@Timeout(60)
@ExtendWith(LeakGuard.class)
class ExtendedConnectTest {

  private static final int ENABLE_CONNECT_PROTOCOL = 8;
  private static final int STREAM = 1;

  private final BlockingQueue<String> heads = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> ends = new LinkedBlockingQueue<>();
  private final Backend backend = backend();
  private String status = "101 Switching Protocols";
  private String fields = "Connection: Upgrade\r\nUpgrade: websocket\r\n";
  private boolean honest = true;
  private PlainDoor door;
  private Http2Client client;

  /** Answers as it is told, and sends back what it gets until it gets a full stop. */
  private Backend backend() {
    try {
      return new Backend(this::serve);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private void serve(Socket socket) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      head.append((char) socket.getInputStream().read());
    }
    heads.add(head.toString());
    String accept = honest ? accept(value(head.toString(), "Sec-WebSocket-Key")) : "made-up";
    socket
        .getOutputStream()
        .write(
            "HTTP/1.1 %s\r\n%sSec-WebSocket-Accept: %s\r\n\r\n"
                .formatted(status, fields, accept)
                .getBytes(ISO_8859_1));
    for (int next = socket.getInputStream().read(); next >= 0 && next != '.'; ) {
      socket.getOutputStream().write(next);
      next = socket.getInputStream().read();
    }
    ends.add("ended");
  }

  private static String accept(String key) {
    try {
      byte[] text = (key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").getBytes(ISO_8859_1);
      return Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-1").digest(text));
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  private static String value(String head, String name) {
    return head.lines()
        .filter(line -> line.startsWith(name + ": "))
        .findFirst()
        .map(line -> line.substring(name.length() + 2))
        .orElse("");
  }

  @BeforeEach
  void open() throws Exception {
    String route = "backend = \"" + backend.address() + "\"\nbackend_protocol = \"auto\"\n";
    door = new PlainDoor(Http2Frontend::of, "", route);
    client = new Http2Client(door.connect());
  }

  @AfterEach
  void close() throws Exception {
    client.close();
    door.close();
    backend.close();
  }

  private void connect(String... more) throws Exception {
    String[] all = new String[10 + more.length];
    String[] first = {
      ":method",
      "CONNECT",
      ":protocol",
      "websocket",
      ":scheme",
      "https",
      ":authority",
      "a.example",
      ":path",
      "/chat?x=1"
    };
    System.arraycopy(first, 0, all, 0, first.length);
    System.arraycopy(more, 0, all, first.length, more.length);
    client.head(STREAM, false, all);
  }

  /** Asks by a method that names a protocol, whether that makes sense or not. */
  private void ask(boolean ended, String method, String protocol) throws Exception {
    client.head(
        STREAM,
        ended,
        ":method",
        method,
        ":protocol",
        protocol,
        ":scheme",
        "https",
        ":authority",
        "a.example",
        ":path",
        "/");
  }

  private String text(int length) throws Exception {
    StringBuilder text = new StringBuilder();
    while (text.length() < length) {
      text.append(client.next(Frames.DATA).text());
    }
    return text.toString();
  }

  @Test
  void theProxySaysThatItKnowsIt() throws Exception {
    Frame settings = client.next(Frames.SETTINGS);
    boolean said = false;
    for (int at = 0; at < settings.payload().length; at += 6) {
      said |= settings.payload()[at + 1] == ENABLE_CONNECT_PROTOCOL && settings.number(at + 2) == 1;
    }
    assertThat(said).isTrue();
  }

  @Test
  void theBackendIsAskedAsByAClientOfItsOwn() throws Exception {
    connect("sec-websocket-version", "13", "sec-websocket-protocol", "chat", "origin", "https://o");
    assertThat(client.nextFields())
        .containsEntry(":status", "200")
        .doesNotContainKeys("upgrade", "connection", "sec-websocket-accept");
    String head = heads.take();
    assertThat(head).startsWith("GET /chat?x=1 HTTP/1.1\r\n");
    assertThat(head.lines().map(line -> line.toLowerCase(java.util.Locale.ROOT)))
        .contains(
            "host: a.example",
            "connection: upgrade",
            "upgrade: websocket",
            "sec-websocket-version: 13",
            "sec-websocket-protocol: chat",
            "origin: https://o");
    assertThat(Base64.getDecoder().decode(value(head, "Sec-WebSocket-Key"))).hasSize(16);
  }

  @Test
  void bytesPassInBothDirectionsUntilTheBackendEnds() throws Exception {
    connect();
    assertThat(client.nextFields()).containsEntry(":status", "200");
    client.data(STREAM, false, "hello");
    assertThat(text(5)).isEqualTo("hello");
    client.data(STREAM, false, ".");
    Frame end = client.next(Frames.DATA);
    assertThat(end.ended()).isTrue();
    assertThat(client.next(Frames.RST_STREAM).number(0))
        .isEqualTo((int) Http2Error.NO_ERROR.code());
  }

  @Test
  void whatIsSaidAheadIsHeard() throws Exception {
    connect();
    client.data(STREAM, false, "early");
    assertThat(client.nextFields()).containsEntry(":status", "200");
    assertThat(text(5)).isEqualTo("early");
  }

  @Test
  void moreThanAWindowPasses() throws Exception {
    connect();
    assertThat(client.nextFields()).containsEntry(":status", "200");
    String piece = "x".repeat(8 * 1024);
    int pieces = 64;
    for (int i = 0; i < pieces; i++) {
      client.data(STREAM, false, piece);
      assertThat(text(piece.length())).isEqualTo(piece);
      client.send(new Frames().window(0, piece.length()).window(STREAM, piece.length()));
    }
  }

  @Test
  void theEndOfTheClientsSideEndsBoth() throws Exception {
    connect();
    assertThat(client.nextFields()).containsEntry(":status", "200");
    client.data(STREAM, true, "bye");
    StringBuilder said = new StringBuilder();
    Frame frame = client.next(Frames.DATA);
    while (!frame.ended()) {
      said.append(frame.text());
      frame = client.next(Frames.DATA);
    }
    assertThat("bye").startsWith(said.toString());
    client.request(3, true, "CONNECT");
    assertThat(client.nextFields()).as("its connection goes on").containsEntry(":status", "501");
  }

  @Test
  void aClientThatEndsBeforeTheAnswerIsReset() throws Exception {
    status = "100 Continue";
    connect();
    assertThat(heads.take()).isNotEmpty();
    client.data(STREAM, true, "");
    assertThat(client.next(Frames.RST_STREAM).stream()).isEqualTo(STREAM);
  }

  @Test
  void aRefusalIsAnOrdinaryResponseAfterWhichNothingIsHeard() throws Exception {
    status = "403 Forbidden";
    fields = "Content-Length: 0\r\n";
    connect();
    assertThat(client.nextFields()).containsEntry(":status", "403");
    assertThat(client.next(Frames.RST_STREAM).number(0))
        .isEqualTo((int) Http2Error.NO_ERROR.code());
  }

  @ParameterizedTest
  @ValueSource(strings = {"200 OK", "204 No Content"})
  void aSuccessThatIsNoSwitchIsNotPassedForOne(String plain) throws Exception {
    status = plain;
    fields = "Content-Length: 0\r\n";
    connect();
    assertThat(client.nextFields()).containsEntry(":status", "502");
  }

  @Test
  void aBackendThatDidNotUnderstandTheKeyIsNotBelieved() throws Exception {
    honest = false;
    connect();
    assertThat(client.nextFields()).containsEntry(":status", "502");
  }

  @Test
  void aClientsOwnKeyDoesNotCount() throws Exception {
    connect("sec-websocket-key", "dGhlIHNhbXBsZSBub25jZQ==");
    assertThat(client.nextFields()).containsEntry(":status", "200");
    assertThat(heads.take()).doesNotContain("dGhlIHNhbXBsZSBub25jZQ==");
  }

  @ParameterizedTest
  @CsvSource({"CONNECT, connect-udp, 501", "CONNECT, WebSocket, 501"})
  void otherProtocolsAreNotServed(String method, String protocol, String answer) throws Exception {
    ask(false, method, protocol);
    assertThat(client.nextFields()).containsEntry(":status", answer);
    assertThat(door.metric(Metric.PROXY_REQUESTS_REFUSED, "method")).isOne();
  }

  @Test
  void onlyAConnectMayNameAProtocol() throws Exception {
    ask(true, "GET", "websocket");
    assertThat(client.next(Frames.RST_STREAM).number(0))
        .isEqualTo((int) Http2Error.PROTOCOL_ERROR.code());
  }

  @Test
  void aConnectThatHasNoRoomForBytesIsNone() throws Exception {
    ask(true, "CONNECT", "websocket");
    assertThat(client.next(Frames.RST_STREAM).number(0))
        .isEqualTo((int) Http2Error.PROTOCOL_ERROR.code());
  }

  @Test
  void aClientThatGivesUpEndsTheBackend() throws Exception {
    connect();
    assertThat(client.nextFields()).containsEntry(":status", "200");
    client.send(new Frames().reset(STREAM, (int) Http2Error.CANCEL.code()));
    assertThat(ends.take()).isNotEmpty();
  }
}
