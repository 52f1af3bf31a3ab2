package dev.gatehouse.proxy.http.guard;

import static dev.gatehouse.proxy.http.Messages.bytes;
import static dev.gatehouse.proxy.http.Messages.head;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.proxy.http.Messages;
import dev.gatehouse.proxy.http.Request;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The rows of the conformance table, each as a probe: a second request follows, which is answered
 * only where the first was sound. The notation is that of {@link Messages}.
 */
class Http1ConformanceTest {

  private static final RequestGuard GUARD =
      new RequestGuard(Messages.LIMITS, UnderscoreHeaders.DROP);
  private static final String SECOND = "GET·/second·HTTP/1.1$Host:·a.example$$";

  private static void assertRefused(String text, String outcome) {
    assertThat(Conversation.of(GUARD, bytes(text + SECOND))).as(text).containsExactly(outcome);
  }

  private static void assertAccepted(String text, String outcome) {
    assertThat(Conversation.of(GUARD, bytes(text + SECOND)))
        .as(text)
        .containsExactly(outcome, "GET /second");
  }

  private static String post(String fields, String body) {
    return "POST·/p·HTTP/1.1$Host:·a.example$" + fields + "$" + body;
  }

  @ParameterizedTest(name = "H1-CL {0}")
  @ValueSource(
      strings = {
        "Content-Length:·5$Content-Length:·10$",
        "Content-Length:·5$Content-Length:·5$",
        "Content-Length:·5$content-length:·5$",
        "Content-Length:·5,·5$",
        "Content-Length:·5,·10$",
        "Content-Length:·5,·5,·5$",
        "Content-Length:·+5$",
        "Content-Length:·-1$",
        "Content-Length:·-0$",
        "Content-Length:·0x5$",
        "Content-Length:·0o5$",
        "Content-Length:·1_0$",
        "Content-Length:·1·0$",
        "Content-Length:·005$",
        "Content-Length:·00$",
        "Content-Length:·0200$",
        "Content-Length:·abc$",
        "Content-Length:$",
        "Content-Length:·5;$",
        "Content-Length:·²$",
        "Content-Length:·10000000000000000000$",
      })
  void refusesALengthThatReadersReadDifferently(String fields) {
    assertRefused(post(fields, "hello"), "400 framing");
  }

  @ParameterizedTest(name = "H1-CL-OK {0}")
  @ValueSource(strings = {"5", "··5", "5·", "\t5", "\t·5·\t"})
  void takesALengthWithBlanksAroundIt(String length) {
    assertAccepted(post("Content-Length:" + length + "$", "hello"), "POST /p hello");
  }

  @ParameterizedTest(name = "H1-TE {0}")
  @ValueSource(
      strings = {
        "xchunked",
        "gzip",
        "identity",
        "chunked,·chunked",
        "chunked,·gzip",
        "gzip,·chunked",
        "chunked,·identity",
        "chunked,·xchunked",
        ",·chunked",
        "chunked,",
        "chunked;ext=val",
        "",
        "chunked·chunked",
        "\"chunked\"",
        "chunked\u0085",
        "chunKed\u00a0",
        "chunked$Transfer-Encoding:·chunked",
        "chunked$Transfer-Encoding:·identity",
        "identity$Transfer-Encoding:·chunked",
      })
  void refusesAnyCodingButOneChunked(String coding) {
    assertRefused(post("Transfer-Encoding:·" + coding + "$", "5$hello$0$$"), "400 framing");
  }

  @ParameterizedTest(name = "H1-TE {0}")
  @ValueSource(
      strings = {
        "Transfer-Encoding:·\13chunked$",
        "Transfer-Encoding:·chunked\14$",
        "Transfer-Encoding:·chunked\0$",
        "Transfer-Encoding:$·chunked$",
        "Transfer-Encoding:·chunked$·,identity$",
        "Transfer-Encoding·:·chunked$",
        "Transfer-Encoding\t:·chunked$",
        "·Transfer-Encoding:·chunked$",
      })
  void refusesACodingInAFieldThatIsNone(String field) {
    assertRefused(post(field, "5$hello$0$$"), "400 header");
  }

  @Test
  void refusesACodingOfHttp10() {
    assertRefused("POST·/·HTTP/1.0$Host:·a.example$Transfer-Encoding:·chunked$$0$$", "400 framing");
  }

  @ParameterizedTest(name = "H1-TE-OK {0}")
  @ValueSource(strings = {"·chunked", "·Chunked", "·CHUNKED·", "\tchunked"})
  void takesChunkedInAnyLetterCase(String coding) {
    assertAccepted(post("Transfer-Encoding:" + coding + "$", "5$hello$0$$"), "POST /p hello");
  }

  static Stream<String> bothFramings() {
    List<String> codings =
        List.of("chunked", "Chunked", "xchunked", "identity", "", "chunked,·chunked", ",chunked");
    List<String> lengths = List.of("5", "0", "5,·5", "+5", "", "00");
    return codings.stream()
        .flatMap(
            coding ->
                lengths.stream()
                    .flatMap(
                        length ->
                            Stream.of(
                                "Content-Length:·%s$Transfer-Encoding:·%s$"
                                    .formatted(length, coding),
                                "Transfer-Encoding:·%s$X:·y$Content-Length:·%s$"
                                    .formatted(coding, length))));
  }

  @ParameterizedTest(name = "H1-CLTE {0}")
  @MethodSource("bothFramings")
  void refusesTwoFramingsOfOneBody(String fields) {
    String smuggled = "0$$GET·/smuggled·HTTP/1.1$Host:·a.example$$";
    assertRefused(post(fields, smuggled), "400 framing");
    assertRefused(post("Connection:·close$" + fields, smuggled), "400 framing");
    assertRefused("POST·/·HTTP/1.0$Host:·a.example$" + fields + "$" + smuggled, "400 framing");
    assertRefused("HEAD·/·HTTP/1.1$Host:·a.example$" + fields + "$" + smuggled, "400 framing");
  }

  @ParameterizedTest(name = "H1-ALIAS {0}")
  @CsvSource({
    "Transfer_Encoding:·chunked$, transfer_encoding",
    "Content_Length:·99$, content_length",
  })
  void anAliasOfAFramingFieldMeansNothingAndIsNotForwarded(String alias, String name) {
    String text = post("Content-Length:·5$" + alias, "hello");
    assertAccepted(text, "POST /p hello");
    for (UnderscoreHeaders rule : List.of(UnderscoreHeaders.DROP, UnderscoreHeaders.ALLOW)) {
      RequestGuard guard = new RequestGuard(Messages.LIMITS, rule);
      Verdict verdict = guard.judge(head(text), Optional.empty());
      assertThat(((Verdict.Accepted) verdict).request().fields().has(name)).isFalse();
      assertThat(((Verdict.Accepted) verdict).underscores()).isEqualTo(1);
    }
  }

  @ParameterizedTest(name = "H1-CHUNK {0}")
  @ValueSource(
      strings = {
        "0x5$hello$0$$",
        "+5$hello$0$$",
        "-1$hello$0$$",
        "+0$$",
        "1_0$hello$0$$",
        "5·$hello$0$$",
        "·5$hello$0$$",
        "fffffffffffffffff$hello$0$$",
        "5$hello0$$",
        "5$hello12$0$$",
        "5\nhello$0$$",
        "5\rhello$0$$",
        "5$hello\n0$$",
        "5;$hello$0$$",
        "5;bad[=x$hello$0$$",
        "5;a=\nb$hello$0$$",
        "5;a=\rb$hello$0$$",
        "5;a=\0b$hello$0$$",
        "5;a=\1b$hello$0$$",
        "5;a=\"$\"$hello$0$$",
      })
  void refusesAChunkThatReadersReadDifferently(String body) {
    assertRefused(post("Transfer-Encoding:·chunked$", body), "400 framing");
  }

  @Test
  void refusesABareLineFeedBehindTheLastChunk() {
    assertRefused(post("Transfer-Encoding:·chunked$", "5$hello$0$\n"), "400 header");
  }

  @Test
  void refusesAnExtensionThatIsFarTooLong() {
    String extension = "5;" + "e".repeat(64 * 1024) + "$hello$0$$";
    assertRefused(post("Transfer-Encoding:·chunked$", extension), "400 framing");
  }

  @ParameterizedTest(name = "H1-CHUNK-OK {0}")
  @CsvSource({
    "A$0123456789$0$$, 0123456789",
    "5$hello$2$-x$0$$, hello-x",
    "0$$, ''",
    "5;ext=value$hello$0$$, hello",
    "5$hello$0$X-Checksum:·1$$, hello",
  })
  void takesAChunkedBody(String text, String body) {
    assertAccepted(post("Transfer-Encoding:·chunked$", text), "POST /p " + body);
  }

  @ParameterizedTest(name = "H1-TRAILER {0}")
  @ValueSource(
      strings = {
        "Content-Length:·5",
        "Transfer-Encoding:·chunked",
        "Host:·b",
        "Authorization:·x",
        "Content-Type:·x",
      })
  void refusesATrailerThatFramesOrRoutes(String trailer) {
    assertRefused(post("Transfer-Encoding:·chunked$", "0$" + trailer + "$$"), "400 header");
  }

  @ParameterizedTest(name = "H1-LINE {0}")
  @CsvSource({
    "'GET·/·HTTP/1.1\nHost:·a.example$$', 400 request_line",
    "'GET·/·HTTP/1.1\rHost:·a.example$$', 400 request_line",
    "'GET·/·HTTP/1.1$Host:·a.example\nX:·y$$', 400 header",
    "GET··/·HTTP/1.1$Host:·a.example$$, 400 request_line",
    "'GET\t/·HTTP/1.1$Host:·a.example$$', 400 request_line",
    "GET·HTTP/1.1$Host:·a.example$$, 400 request_line",
    "GET·/·HTTP/1$Host:·a.example$$, 400 request_line",
    "GET·/·HTTP/01.01$Host:·a.example$$, 400 request_line",
    "GET·/·HTTP/·1.1$Host:·a.example$$, 400 request_line",
    "GET·/·http/1.1$Host:·a.example$$, 400 request_line",
    "GET·/$$, 400 request_line",
    "$GET·/·HTTP/1.1$Host:·a.example$$, 400 request_line",
    "'\0GET·/·HTTP/1.1$Host:·a.example$$', 400 request_line",
    "'\1GET·/·HTTP/1.1$Host:·a.example$$', 400 request_line",
    "···$GET·/·HTTP/1.1$Host:·a.example$$, 400 request_line",
    "GET·/·HTTP/1.1$·Host:·a.example$$, 400 header",
  })
  void refusesALineThatIsNotTheGrammar(String text, String outcome) {
    assertRefused(text, outcome);
  }

  @ParameterizedTest(name = "H1-VERSION {0}")
  @ValueSource(strings = {"GET·/·HTTP/1.2$Host:·a$$", "GET·/·HTTP/9.9$$", "PRI·*·HTTP/2.0$$SM$$"})
  void answersAVersionThatIsNotSpokenWith505(String text) {
    assertRefused(text, "505 version");
  }

  @ParameterizedTest(name = "H1-HOST {0}")
  @CsvSource({
    "GET·/·HTTP/1.1$$",
    "GET·/·HTTP/1.1$Host:$$",
    "GET·/·HTTP/1.1$Host:·a.example$Host:·b.example$$",
    "GET·/·HTTP/1.1$Host:·a.example$Host:·a.example$$",
    "'GET·/·HTTP/1.1$Host:·a,·b$$'",
    "GET·/·HTTP/1.1$Host:·user@a$$",
    "GET·/·HTTP/1.1$Host:·a/path$$",
    "GET·/·HTTP/1.1$Host:·a:port$$",
    "GET·http://b.example/·HTTP/1.1$Host:·a.example$$",
    "GET·https://a.example:8443/·HTTP/1.1$Host:·a.example$$",
    "GET·https://a.example/·HTTP/1.1$$",
    "GET·/·HTTP/1.0$Host:$$",
    "GET·/·HTTP/1.0$Host:·a$Host:·a$$",
  })
  void refusesARequestWithoutOneHost(String text) {
    assertRefused(text, "400 host");
  }

  @Test
  void aRequestOfHttp10WithoutHostIsForTheNameOfTheHello() {
    assertAccepted("GET·/·HTTP/1.0$$", "GET /");
    Verdict verdict = GUARD.judge(head("GET·/·HTTP/1.0$$"), Messages.SNI);
    assertThat(((Verdict.Accepted) verdict).request().authority().text()).isEqualTo("a.example");
    assertThat(GUARD.judge(head("GET·/·HTTP/1.0$$"), Optional.empty()))
        .isEqualTo(Refusal.malformed(RefusalReason.HOST).onHttp1());
  }

  @Test
  void aTargetOfHttp10MayNameTheHost() {
    Verdict verdict = GUARD.judge(head("GET·http://b.example/·HTTP/1.0$$"), Messages.SNI);
    assertThat(((Verdict.Accepted) verdict).request().authority().text()).isEqualTo("b.example");
  }

  @ParameterizedTest(name = "H1-TARGET {0}")
  @ValueSource(
      strings = {"*", "/#frag", "/a·b", "/\0", "/Ã", "/À¯", "a.example", "ftp://a/", "x:1"})
  void refusesATargetThatIsNone(String target) {
    assertRefused("GET·" + target + "·HTTP/1.1$Host:·a.example$$", "400 request_line");
  }

  @ParameterizedTest(name = "H1-TARGET-OK {0}")
  @ValueSource(
      strings = {
        "/%00",
        "/%0d%0a",
        "/a\\b",
        "//",
        "/../",
        "*",
        "http://a.example/x",
        "https://A.example:443?y",
      })
  void forwardsATargetByteByByte(String target) {
    String method = "OPTIONS·";
    assertAccepted(method + target + "·HTTP/1.1$Host:·a.example$$", "OPTIONS " + target);
  }

  @Test
  void forwardsATargetOf8000Bytes() {
    String target = "/" + "a".repeat(7999);
    assertAccepted("GET·" + target + "·HTTP/1.1$Host:·a.example$$", "GET " + target);
  }

  @ParameterizedTest(name = "H1-FIELD {0}")
  @ValueSource(
      strings = {
        ":·empty",
        "colonless",
        "Bad[Name:·x",
        "Bad·Name:·x",
        "Bad\tName:·x",
        "Nämé:·x",
        "A:·x$·folded",
        "A:·x\ry",
        "A:·x\0y",
        "A:·\7",
        "A:·\10",
        "A:·\13",
      })
  void refusesAFieldThatIsNone(String field) {
    assertRefused("GET·/·HTTP/1.1$Host:·a.example$" + field + "$$", "400 header");
  }

  static Stream<String> tooLarge() {
    String head = "GET·/·HTTP/1.1$Host:·a.example$";
    return Stream.of(
        head + "A:·" + "a".repeat(65536) + "$$",
        head + "a".repeat(65536) + ":·b$$",
        head + "A:·b$".repeat(128) + "$");
  }

  @ParameterizedTest(name = "H1-SIZE")
  @MethodSource("tooLarge")
  void answersAHeadThatIsTooLargeWith431(String text) {
    assertRefused(text, "431 header_size");
  }

  @Test
  void answersATargetThatIsTooLongWith414() {
    assertRefused("GET·/" + "a".repeat(102_400) + "·HTTP/1.1$Host:·a$$", "414 uri_length");
  }

  @Test
  void answersAMethodThatIsTooLongWith400() {
    assertRefused("M".repeat(33) + "·/·HTTP/1.1$Host:·a.example$$", "400 method");
  }

  @ParameterizedTest(name = "H1-METHOD {0}")
  @CsvSource({
    "CONNECT·a.example:443·HTTP/1.1$Host:·a.example$$, 501 method",
    "TRACE·/·HTTP/1.1$Host:·a.example$$, 405 method",
    "TRACE·/·HTTP/1.1$Host:·a.example$Content-Length:·5$$hello, 405 method",
    "TRACE·/·HTTP/1.1$Host:·a.example$Authorization:·x$$, 405 method",
  })
  void refusesMethodsThatAreNotServed(String text, String outcome) {
    assertRefused(text, outcome);
  }

  @ParameterizedTest(name = "H1-METHOD {0}")
  @ValueSource(strings = {"get", "PROPFIND", "connect", "trace"})
  void forwardsAnyOtherMethodAsItIs(String method) {
    assertAccepted(method + "·/·HTTP/1.1$Host:·a.example$$", method + " /");
  }

  @ParameterizedTest(name = "H1-BODY {0}")
  @CsvSource({
    "'', '', POST /p",
    "Content-Length:·0$, '', 'POST /p '",
  })
  void aBodyMayBeMissingOrEmpty(String fields, String body, String outcome) {
    assertAccepted(post(fields, body), outcome);
  }

  @ParameterizedTest(name = "H1-BODY {0}")
  @CsvSource({
    "Content-Length:·10$, hello",
    "Transfer-Encoding:·chunked$, 5$hello$",
    "Content-Length:·999999999$, ''",
  })
  void aBodyThatDoesNotComeIsWaitedFor(String fields, String body) {
    assertThat(Conversation.of(GUARD, bytes(post(fields, body))))
        .containsExactly(Conversation.WAITS);
  }

  @ParameterizedTest(name = "H1-BODYLESS {0}")
  @ValueSource(strings = {"GET", "HEAD", "OPTIONS"})
  void aBodyIsABodyWhateverTheMethod(String method) {
    assertAccepted(
        method + "·/·HTTP/1.1$Host:·a.example$Content-Length:·5$$GET·/", method + " / GET /");
  }

  @Test
  void aByteBetweenTwoRequestsSpoilsTheSecond() {
    assertThat(Conversation.of(GUARD, bytes(post("Content-Length:·0$", "\0" + SECOND))))
        .containsExactly("POST /p ", "400 request_line");
    assertThat(Conversation.of(GUARD, bytes(post("Content-Length:·0$", "X" + SECOND))))
        .containsExactly("POST /p ", "XGET /second");
  }

  @ParameterizedTest(name = "H1-EXPECT {0}")
  @CsvSource({"100-continue, 1.1", "100-Continue, 1.1", "100-continue, 1.0"})
  void takesTheOneExpectationThatThereIs(String expected, String version) {
    assertAccepted(
        "POST·/·HTTP/%s$Host:·a.example$Expect:·%s$Content-Length:·5$$hello"
            .formatted(version, expected),
        "POST / hello");
  }

  @ParameterizedTest(name = "H1-EXPECT {0}")
  @ValueSource(strings = {"200-ok", "", "100-continue,·x", "100-continue$Expect:·100-continue"})
  void answersAnyOtherExpectationWith417(String expected) {
    assertRefused(post("Expect:·" + expected + "$Content-Length:·5$", "hello"), "417 expectation");
  }

  @Test
  void twoRequestsInOneSegmentAreServedInTheirOrder() {
    assertAccepted("GET·/first·HTTP/1.1$Host:·a.example$$", "GET /first");
  }

  @ParameterizedTest(name = "H1-CONN {0}")
  @ValueSource(
      strings = {
        "Host",
        "content-length",
        "Authorization",
        "Cookie",
        "x-forwarded-for",
        "X-Real-IP",
        "Forwarded",
        ":path",
        "close,·host",
        "bad·token",
      })
  void refusesToTakeAwayAFieldThatMatters(String option) {
    assertRefused("GET·/·HTTP/1.1$Host:·a.example$Connection:·" + option + "$$", "400 header");
  }

  private static Request webSocket(String method, String version, String fields) {
    return Messages.request(method + "·/·HTTP/" + version + "$Host:·a.example$" + fields + "$");
  }

  @Test
  void aWebSocketIsAskedForByTheBook() {
    assertThat(
            webSocket(
                    "GET",
                    "1.1",
                    "Connection:·keep-alive,·Upgrade$Upgrade:·WebSocket$Sec-WebSocket-Version:·13$")
                .webSocket())
        .isTrue();
  }

  @ParameterizedTest(name = "H1-UPGRADE {0} {1} {2}")
  @CsvSource({
    "POST, 1.1, Connection:·upgrade$Upgrade:·websocket$Sec-WebSocket-Version:·13$",
    "GET, 1.1, Upgrade:·websocket$Sec-WebSocket-Version:·13$",
    "GET, 1.1, Connection:·upgrade$Upgrade:·other$Sec-WebSocket-Version:·13$",
    "GET, 1.1, Connection:·upgrade$Upgrade:·websocket$Sec-WebSocket-Version:·12$",
    "GET, 1.1, Connection:·upgrade$Upgrade:·websocket$",
    "GET, 1.0, Connection:·upgrade$Upgrade:·websocket$Sec-WebSocket-Version:·13$",
    "GET, 1.1, Connection:·upgrade$Upgrade:·h2c$HTTP2-Settings:·x$Sec-WebSocket-Version:·13$",
    "GET, 1.1, 'Connection:·upgrade$Upgrade:·h2c,·websocket$Sec-WebSocket-Version:·13$'",
    "GET, 1.1, Connection:·upgrade$Upgrade:·websocket$Upgrade:·x$Sec-WebSocket-Version:·13$",
    "GET, 1.1, "
        + "Connection:·upgrade$Upgrade:·websocket$Sec-WebSocket-Version:·13$Content-Length:·5$",
  })
  void anyOtherUpgradeIsAPlainRequest(String method, String version, String fields) {
    assertThat(webSocket(method, version, fields).webSocket()).isFalse();
  }

  @Test
  void aCookieOf64KiBIsTooLarge() {
    assertRefused(
        "GET·/·HTTP/1.1$Host:·a.example$Cookie:·" + "c".repeat(65536) + "$$", "431 header_size");
  }

  @ParameterizedTest(name = "H1-COOKIE {0}")
  @ValueSource(strings = {"a=\0", "a=\1"})
  void refusesACookieWithControls(String cookie) {
    assertRefused("GET·/·HTTP/1.1$Host:·a.example$Cookie:·" + cookie + "$$", "400 header");
  }

  static Stream<String> cookies() {
    return Stream.of("", "===;;;", "a=b;".repeat(1000), "a=b$Cookie:·c=d");
  }

  @ParameterizedTest(name = "H1-COOKIE")
  @MethodSource("cookies")
  void passesCookiesUnread(String cookie) {
    String text = "GET·/·HTTP/1.1$Host:·a.example$Cookie:·" + cookie + "$$";
    assertAccepted(text, "GET /");
    assertThat(Messages.request(text).fields().values("cookie"))
        .containsExactly(cookie.split("\\$Cookie:·", -1));
  }
}
