package dev.gatehouse.proxy.http.response;

import static dev.gatehouse.proxy.http.Messages.block;
import static dev.gatehouse.proxy.http.Messages.bytes;
import static dev.gatehouse.proxy.http.Messages.fields;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.proxy.http.Framing;
import dev.gatehouse.proxy.http.Messages;
import dev.gatehouse.proxy.http.Request;
import dev.gatehouse.proxy.http.response.ResponseVerdict.Bad;
import dev.gatehouse.proxy.http.response.ResponseVerdict.Final;
import dev.gatehouse.proxy.http.response.ResponseVerdict.Interim;
import dev.gatehouse.proxy.http.response.ResponseVerdict.Switching;
import dev.gatehouse.wire.Decoded;
import dev.gatehouse.wire.Decoded.Complete;
import dev.gatehouse.wire.Decoded.Malformed;
import dev.gatehouse.wire.http.Fields;
import dev.gatehouse.wire.http.Head;
import dev.gatehouse.wire.http.Http1HeadParser;
import dev.gatehouse.wire.http.StatusLine;
import io.netty.buffer.ByteBuf;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The notation is that of {@link Messages}. */
class ResponseGuardTest {

  private static final Request GET = Messages.request("GET·/·HTTP/1.1$Host:·a$$");
  private static final Request HEAD = Messages.request("HEAD·/·HTTP/1.1$Host:·a$$");
  private static final Request WEB_SOCKET =
      Messages.request(
          "GET·/·HTTP/1.1$Host:·a$Connection:·Upgrade$Upgrade:·websocket$"
              + "Sec-WebSocket-Version:·13$$");

  private static Decoded<Head<StatusLine>> parse(ByteBuf in) {
    return Http1HeadParser.ofResponse(ResponseGuard.LIMITS).decode(in);
  }

  private static ResponseVerdict judge(Request request, String text) {
    return judge(new ResponseGuard(request), bytes(text));
  }

  private static ResponseVerdict judge(ResponseGuard guard, ByteBuf in) {
    return guard.judge(((Complete<Head<StatusLine>>) parse(in)).value());
  }

  private static Response response(ResponseVerdict verdict) {
    assertThat(verdict).isInstanceOf(Final.class);
    return ((Final) verdict).response();
  }

  @Test
  void aResponseGoesOnWithoutItsHop() {
    assertThat(
            judge(
                GET,
                "HTTP/1.1·200·Fine$Server:·x$Connection:·X-Hop$X-Hop:·1$Keep-Alive:·1$"
                    + "Alt-Svc:·h3=\":443\"$Set-Cookie:·a=1$Set-Cookie:·b=2$Content-Length:·5$"
                    + "Strict-Transport-Security:·x$Upgrade:·h2c$Proxy-Authenticate:·x$$"))
        .isEqualTo(
            new Final(
                new Response(
                    200,
                    "Fine",
                    fields(
                        "Server", "x",
                        "Set-Cookie", "a=1",
                        "Set-Cookie", "b=2",
                        "Strict-Transport-Security", "x"),
                    new Framing.Length(5),
                    true)));
  }

  @ParameterizedTest(name = "H1-SMUGGLE-RESP {0}")
  @ValueSource(
      strings = {
        "Content-Length:·5$Transfer-Encoding:·chunked$",
        "Transfer-Encoding:·chunked$Content-Length:·5$",
        "Content-Length:·5$Content-Length:·5$",
        "Content-Length:·5,·5$",
        "Content-Length:·+5$",
        "Content-Length:$",
        "Transfer-Encoding:·gzip,·chunked$",
        "Transfer-Encoding:·identity$",
        "Transfer-Encoding:·chunked$Transfer-Encoding:·chunked$",
      })
  void aResponseWhoseEndIsDoubtfulIsBad(String fields) {
    Bad bad = new Bad(ResponseFault.FRAMING);
    assertThat(judge(GET, "HTTP/1.1·200·OK$" + fields + "$")).isEqualTo(bad);
    assertThat(judge(HEAD, "HTTP/1.1·200·OK$" + fields + "$")).isEqualTo(bad);
    assertThat(judge(GET, "HTTP/1.1·204·No$" + fields + "$")).isEqualTo(bad);
  }

  @Test
  void aCodingFromHttp10IsBad() {
    assertThat(judge(GET, "HTTP/1.0·200·OK$Transfer-Encoding:·chunked$$"))
        .isEqualTo(new Bad(ResponseFault.FRAMING));
  }

  static Stream<String> malformed() {
    return Stream.of(
        "HTTP/1.1·200·OK\nContent-Length:·0\n\n",
        "HTTP/1.1·200·OK$A:·b\n$",
        "HTTP/1.1·999·OK$$",
        "HTTP/1.1·20·OK$$",
        "HTTP/1.1·200·OK$A·:·b$$",
        "HTTP/1.1·200·OK$A:·b$·c$$",
        "HTTP/1.1·200·OK$" + "A:·b$".repeat(257) + "$",
        "HTTP/1.1·200·OK$A:·" + "b".repeat(65536) + "$$");
  }

  @ParameterizedTest(name = "H1-SMUGGLE-RESP")
  @MethodSource("malformed")
  void bytesThatAreNoResponseAreRefusedBeforeTheyAreJudged(String text) {
    assertThat(parse(bytes(text))).isInstanceOf(Malformed.class);
  }

  @Test
  void interimResponsesNeverConsumeTheRequestTheyBelongTo() {
    ResponseGuard guard = new ResponseGuard(HEAD);
    ByteBuf in =
        bytes(
            "HTTP/1.1·103·Early·Hints$Link:·</a>$Connection:·x$Content-Length:·9$$"
                + "HTTP/1.1·200·OK$Content-Length:·5$$");
    assertThat(judge(guard, in)).isEqualTo(new Interim(103, fields("Link", "</a>")));
    assertThat(response(judge(guard, in)).fields()).isEqualTo(fields("Content-Length", "5"));
    assertThat(in.isReadable()).isFalse();
  }

  @Test
  void sixteenInterimResponsesAreEnough() {
    ResponseGuard guard = new ResponseGuard(GET);
    for (int i = 0; i < ResponseGuard.MAX_INTERIMS; i++) {
      assertThat(judge(guard, bytes("HTTP/1.1·100·Continue$$")))
          .isEqualTo(new Interim(100, Fields.NONE));
    }
    assertThat(judge(guard, bytes("HTTP/1.1·100·Continue$$")))
        .isEqualTo(new Bad(ResponseFault.INTERIM));
  }

  @ParameterizedTest
  @CsvSource({
    "GET, 204, Content-Length:·5$, 0",
    "GET, 204, Transfer-Encoding:·chunked$, 0",
    "GET, 304, Content-Length:·5$, 1",
    "HEAD, 200, Content-Length:·5$, 1",
    "HEAD, 200, Transfer-Encoding:·chunked$, 0",
    "HEAD, 200, '', 0",
  })
  void someResponsesHaveNoBodyWhateverTheySay(
      String method, int status, String fields, int lengths) {
    Request request = Messages.request(method + "·/·HTTP/1.1$Host:·a$$");
    Response response = response(judge(request, "HTTP/1.1·" + status + "·x$" + fields + "$"));
    assertThat(response.framing()).isEqualTo(new Framing.None());
    assertThat(response.fields().count()).isEqualTo(lengths);
    assertThat(response.reusable()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "HTTP/1.1·200·x$Content-Length:·0$$, true",
    "HTTP/1.1·200·x$Transfer-Encoding:·chunked$$, true",
    "HTTP/1.1·200·x$$, false",
    "HTTP/1.1·200·x$Content-Length:·0$Connection:·close$$, false",
    "HTTP/1.0·200·x$Content-Length:·0$Connection:·keep-alive$$, false",
  })
  void aConnectionIsUsedAgainOnlyWhereTheResponseAllowsIt(String text, boolean reusable) {
    assertThat(response(judge(GET, text)).reusable()).isEqualTo(reusable);
  }

  @Test
  void aResponseThatSaysNothingOfItsBodyEndsWithTheConnection() {
    assertThat(response(judge(GET, "HTTP/1.1·200·x$$")).framing())
        .isEqualTo(new Framing.UntilClose());
  }

  @ParameterizedTest
  @ValueSource(strings = {"Upgrade:·h2c$", "", "Upgrade:·websocket$Upgrade:·h2c$"})
  void aSwitchToAnotherProtocolIsBad(String upgrade) {
    assertThat(judge(WEB_SOCKET, "HTTP/1.1·101·x$Connection:·Upgrade$" + upgrade + "$"))
        .isEqualTo(new Bad(ResponseFault.UPGRADE));
  }

  @Test
  void aSwitchThatNobodyAskedForIsBad() {
    String text = "HTTP/1.1·101·x$Connection:·Upgrade$Upgrade:·websocket$Sec-A:·b$$";
    assertThat(judge(GET, text)).isEqualTo(new Bad(ResponseFault.UPGRADE));
    assertThat(judge(WEB_SOCKET, text)).isEqualTo(new Switching(fields("Sec-A", "b")));
  }

  @Test
  void aWebSocketMayBeRefusedByAnOrdinaryResponse() {
    assertThat(response(judge(WEB_SOCKET, "HTTP/1.1·403·x$Content-Length:·0$$")).status())
        .isEqualTo(403);
  }

  private static ResponseVerdict judgeHttp2(Request request, boolean ended, String... pairs) {
    return new ResponseGuard(request).judge(block(pairs), ended);
  }

  @Test
  void readsAResponseOfHttp2() {
    assertThat(judgeHttp2(GET, false, ":status", "200", "alt-svc", "x", "server", "y"))
        .isEqualTo(
            new Final(new Response(200, "", fields("server", "y"), new Framing.Streamed(), true)));
  }

  @Test
  void trailersOnlyIsAResponseWithoutABody() {
    Response response = response(judgeHttp2(GET, true, ":status", "200", "grpc-status", "5"));
    assertThat(response.framing()).isEqualTo(new Framing.None());
    assertThat(response.fields()).isEqualTo(fields("grpc-status", "5"));
  }

  @ParameterizedTest
  @CsvSource({
    ":status=20, MALFORMED",
    ":status=600, MALFORMED",
    ":status=+20, MALFORMED",
    "server=x, MALFORMED",
    ":status=200|:status=200, MALFORMED",
    ":status=200|:path=/, MALFORMED",
    "server=x|:status=200, MALFORMED",
    ":status=200|Server=x, MALFORMED",
    ":status=200|connection=close, MALFORMED",
    ":status=200|transfer-encoding=chunked, MALFORMED",
    "':status=200|a=b\nc', MALFORMED",
    ":status=101, UPGRADE",
    ":status=103, INTERIM",
    ":status=200|content-length=5, FRAMING",
    ":status=200|content-length=x, FRAMING",
  })
  void aBlockThatIsNoResponseIsBad(String text, ResponseFault fault) {
    String[] pairs =
        Stream.of(text.split("\\|", -1))
            .flatMap(field -> Stream.of(field.split("=", 2)))
            .toArray(String[]::new);
    assertThat(judgeHttp2(GET, true, pairs)).isEqualTo(new Bad(fault));
  }

  @Test
  void aLengthMayTellOfTheBodyThatHeadDoesNotGet() {
    Response response = response(judgeHttp2(HEAD, true, ":status", "200", "content-length", "5"));
    assertThat(response.fields()).isEqualTo(fields("content-length", "5"));
    assertThat(response.framing()).isEqualTo(new Framing.None());
  }

  @Test
  void aBlockThatIsTooLargeIsBad() {
    List<ResponseVerdict> verdicts =
        List.of(
            judgeHttp2(GET, true, ":status", "200", "a", "b".repeat(65536)),
            judgeHttp2(GET, true, Stream.generate(() -> "a").limit(514).toArray(String[]::new)));
    assertThat(verdicts).containsOnly(new Bad(ResponseFault.TOO_LARGE));
  }
}
