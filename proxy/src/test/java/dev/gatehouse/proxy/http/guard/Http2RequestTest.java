package dev.gatehouse.proxy.http.guard;

import static dev.gatehouse.proxy.http.Messages.block;
import static dev.gatehouse.proxy.http.Messages.fields;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.proxy.http.ErrorStatus;
import dev.gatehouse.proxy.http.Framing;
import dev.gatehouse.proxy.http.Messages;
import dev.gatehouse.proxy.http.Protocol;
import dev.gatehouse.proxy.http.Request;
import dev.gatehouse.proxy.http.guard.Verdict.Accepted;
import dev.gatehouse.proxy.http.guard.Verdict.Ending;
import dev.gatehouse.proxy.http.guard.Verdict.Refused;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2Headers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Blocks are written as {@code name=value} with bars between; a middle dot is a blank. */
class Http2RequestTest {

  private static final RequestGuard GUARD =
      new RequestGuard(Messages.LIMITS, UnderscoreHeaders.DROP);

  /** Counts 175 against the limit of a head. */
  private static final String GET = ":method=GET|:scheme=https|:authority=a.example|:path=/|";

  private static final Refused TOO_LARGE =
      new Refused(
          ErrorStatus.REQUEST_HEADER_FIELDS_TOO_LARGE, RefusalReason.HEADER_SIZE, Ending.STREAM);

  private static List<Map.Entry<CharSequence, CharSequence>> parsed(String text) {
    List<Map.Entry<CharSequence, CharSequence>> block = new ArrayList<>();
    for (String field : text.replace('·', ' ').split("\\|", -1)) {
      if (!field.isEmpty()) {
        int equals = field.indexOf('=');
        block.add(Map.entry(field.substring(0, equals), field.substring(equals + 1)));
      }
    }
    return block;
  }

  private static Verdict judge(String text) {
    return GUARD.judge(parsed(text), true);
  }

  private static Request accepted(Verdict verdict) {
    assertThat(verdict).isInstanceOf(Accepted.class);
    return ((Accepted) verdict).request();
  }

  @Test
  void readsTheRequestThatABlockMeans() {
    Request request = accepted(judge(GET + "accept=x|te=trailers"));
    assertThat(request.protocol()).isEqualTo(Protocol.HTTP_2);
    assertThat(request.method()).isEqualTo("GET");
    assertThat(request.target()).isEqualTo("/");
    assertThat(request.authority().text()).isEqualTo("a.example");
    assertThat(request.fields()).isEqualTo(fields("accept", "x", "te", "trailers"));
    assertThat(request.framing()).isEqualTo(new Framing.None());
  }

  @Test
  void readsTheContainersOfNetty() {
    Http2Headers headers =
        new DefaultHttp2Headers()
            .method("GET")
            .scheme("https")
            .authority("a.example")
            .path("/")
            .add("cookie", "a=1")
            .add("cookie", "b=2");
    assertThat(accepted(GUARD.judge(headers, true)).fields())
        .isEqualTo(fields("cookie", "a=1", "cookie", "b=2"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a=b\r",
        "a=b\nc",
        "a=b\r\nx:·y",
        "a=b\0",
        "a=\7",
        "a=·b",
        "a=b·",
        "a=b\t",
        "a\r=b",
        "a\nb=c",
        "a\0=b",
        "a:=b",
        "a·b=c",
        "a:·b\r\nc=d",
        "=b",
        "=",
        "Upper=x",
        "x-Upper=x",
        "transfer-encoding=chunked",
        "connection=close",
        "connection=keep-alive",
        "keep-alive=x",
        "proxy-connection=x",
        "upgrade=websocket",
        "http2-settings=x",
        "te=gzip",
        "te=trailers,·gzip",
        "nämé=x",
        ":path=/",
        ":scheme=https",
        ":unknown=x",
        ":status=200",
        ":protocol=websocket",
        ":=x",
      })
  void resetsABlockThatCouldNotBeWrittenAsHttp1(String field) {
    assertReset(GET + field, RefusalReason.HEADER);
  }

  @ParameterizedTest
  @CsvSource({
    ":method=GET|:scheme=https|:authority=a.example|:path=/|:path=/b, HEADER",
    ":method=GET|accept=x|:scheme=https|:authority=a.example|:path=/, HEADER",
    ":scheme=https|:authority=a.example|:path=/, METHOD",
    ":method=G·T|:scheme=https|:authority=a.example|:path=/, METHOD",
    ":method=|:scheme=https|:authority=a.example|:path=/, METHOD",
    ":method=GET|:authority=a.example|:path=/, REQUEST_LINE",
    ":method=GET|:scheme=http|:authority=a.example|:path=/, REQUEST_LINE",
    ":method=GET|:scheme=https|:authority=a.example, REQUEST_LINE",
    ":method=GET|:scheme=https|:authority=a.example|:path=, REQUEST_LINE",
    ":method=GET|:scheme=https|:authority=a.example|:path=/a·b, REQUEST_LINE",
    ":method=GET|:scheme=https|:authority=a.example|:path=/#a, REQUEST_LINE",
    ":method=GET|:scheme=https|:authority=a.example|:path=a, REQUEST_LINE",
    ":method=GET|:scheme=https|:authority=a.example|:path=*, REQUEST_LINE",
    ":method=GET|:scheme=https|:authority=a.example|:path=https://a.example/, REQUEST_LINE",
    ":method=GET|:scheme=https|:path=/, HOST",
    ":method=GET|:scheme=https|:authority=|:path=/, HOST",
    ":method=GET|:scheme=https|:authority=user@a.example|:path=/, HOST",
    ":method=GET|:scheme=https|:authority=a.example|:path=/|host=b.example, HOST",
    ":method=GET|:scheme=https|:authority=a.example|:path=/|host=a.example|host=b.example, HOST",
    ":method=GET|:scheme=https|:authority=a.example|:path=/|host=, HOST",
  })
  void resetsARequestThatIsNone(String text, RefusalReason reason) {
    assertReset(text, reason);
  }

  @ParameterizedTest
  @ValueSource(strings = {"content-length=5", "content-length=-1", "content-length=05"})
  void resetsALengthThatCannotBe(String field) {
    assertReset(GET + field, RefusalReason.FRAMING);
  }

  @Test
  void resetsTwoLengthsOfOneBody() {
    assertThat(GUARD.judge(parsed(GET + "content-length=5|content-length=5"), false))
        .isEqualTo(new Refused(ErrorStatus.BAD_REQUEST, RefusalReason.FRAMING, Ending.RESET));
  }

  @Test
  void aBodyHasItsLengthOrItsEnd() {
    assertThat(accepted(GUARD.judge(parsed(GET + "content-length=5"), false)).framing())
        .isEqualTo(new Framing.Length(5));
    assertThat(accepted(GUARD.judge(parsed(GET), false)).framing())
        .isEqualTo(new Framing.Streamed());
  }

  @ParameterizedTest
  @CsvSource({
    ":method=OPTIONS|:scheme=https|:authority=a.example|:path=*",
    ":method=GET|:scheme=https|:path=/|host=a.example",
    ":method=GET|:scheme=https|:authority=A.example:443|:path=/|host=a.example",
    ":method=GET|:scheme=https|:authority=a.example|:path=/%0d%0a|empty=",
  })
  void takesARequestThatIsSound(String text) {
    assertThat(judge(text)).isInstanceOf(Accepted.class);
  }

  @ParameterizedTest
  @CsvSource({
    ":method=CONNECT|:authority=a.example:443, NOT_IMPLEMENTED, METHOD",
    ":method=TRACE|:scheme=https|:authority=a.example|:path=/, METHOD_NOT_ALLOWED, METHOD",
    ":method=GET|:scheme=https|:authority=a|:path=/|expect=x, EXPECTATION_FAILED, EXPECTATION",
  })
  void answersWhatIsNotServedAndKeepsTheConnection(
      String text, ErrorStatus status, RefusalReason reason) {
    assertThat(judge(text)).isEqualTo(new Refused(status, reason, Ending.STREAM));
  }

  @Test
  void theLimitsAreThoseOfHttp1() {
    String path = "/" + "a".repeat(Messages.LIMITS.maxStartLine() - "GET  HTTP/1.1".length() - 1);
    String head = ":method=GET|:scheme=https|:authority=a.example|:path=" + path;
    assertThat(judge(head)).isInstanceOf(Accepted.class);
    assertThat(judge(head + "a"))
        .isEqualTo(new Refused(ErrorStatus.URI_TOO_LONG, RefusalReason.URI_LENGTH, Ending.STREAM));
    String most = GET + "a=" + "b".repeat(Messages.LIMITS.maxHeaderSize() - 175 - 33);
    assertThat(judge(most)).isInstanceOf(Accepted.class);
    assertThat(judge(most + "b")).isEqualTo(TOO_LARGE);
  }

  @Test
  void everyCrumbOfACookieIsAField() {
    String[] crumbs = new String[2 * 125];
    Arrays.fill(crumbs, "cookie");
    List<Map.Entry<CharSequence, CharSequence>> block = parsed(GET);
    block.addAll(block(crumbs).subList(0, 124));
    assertThat(GUARD.judge(block, true)).isInstanceOf(Accepted.class);
    block.addAll(block("cookie", "x"));
    assertThat(GUARD.judge(block, true)).isEqualTo(TOO_LARGE);
  }

  @Test
  void underscoresAreDroppedRejectedOrAllowed() {
    String text = GET + "x_auth=1|x-auth=2|transfer_encoding=chunked";
    Accepted dropped = (Accepted) judge(text);
    assertThat(dropped.request().fields()).isEqualTo(fields("x-auth", "2"));
    assertThat(dropped.underscores()).isEqualTo(2);
    RequestGuard reject = new RequestGuard(Messages.LIMITS, UnderscoreHeaders.REJECT);
    assertThat(reject.judge(parsed(text), true))
        .isEqualTo(new Refused(ErrorStatus.BAD_REQUEST, RefusalReason.HEADER, Ending.STREAM));
    RequestGuard allow = new RequestGuard(Messages.LIMITS, UnderscoreHeaders.ALLOW);
    assertThat(accepted(allow.judge(parsed(text), true)).fields())
        .isEqualTo(fields("x_auth", "1", "x-auth", "2"));
  }

  private static void assertReset(String text, RefusalReason reason) {
    assertThat(judge(text))
        .as(text)
        .isEqualTo(new Refused(ErrorStatus.BAD_REQUEST, reason, Ending.RESET));
  }
}
