package dev.gatehouse.proxy.http.response;

import static dev.gatehouse.proxy.http.Messages.fields;
import static dev.gatehouse.proxy.http.Messages.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.proxy.http.Framing;
import dev.gatehouse.proxy.http.Request;
import dev.gatehouse.wire.http.Field;
import dev.gatehouse.wire.http.Fields;
import dev.gatehouse.wire.http.Head;
import dev.gatehouse.wire.http.HttpVersion;
import dev.gatehouse.wire.http.StatusLine;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The notation is that of {@link dev.gatehouse.proxy.http.Messages}. */
class ClientResponseTest {

  private static final String TODAY = "Thu, 01 Jan 1970 00:00:00 GMT";
  private static final Stamp STAMP = new Stamp(Instant.EPOCH, "X-Request-Id", "id");
  private static final Stamp NOTHING = new Stamp(Instant.EPOCH, "", "id");

  private static ClientResponse to(String line, Stamp stamp) {
    Request request = request(line + "$Host:·a$$");
    return new ClientResponse(request, stamp);
  }

  private static Response response(int status, Framing framing, String... pairs) {
    return new Response(status, "Fine", fields(pairs), framing, true);
  }

  @Test
  void addsDateAndRequestIdWhereTheyAreMissing() {
    ClientResponse client = to("GET·/·HTTP/1.1", STAMP);
    assertThat(client.http1(response(200, new Framing.Length(5)), false))
        .isEqualTo(
            new Head<>(
                new StatusLine(HttpVersion.HTTP_1_1, 200, "Fine"),
                fields("Date", TODAY, "X-Request-Id", "id", "Content-Length", "5")));
    Response theirs = response(200, new Framing.Length(5), "date", "x", "x-request-id", "y");
    assertThat(client.http1(theirs, false).fields())
        .isEqualTo(fields("date", "x", "x-request-id", "y", "Content-Length", "5"));
  }

  @ParameterizedTest
  @CsvSource({
    "GET·/·HTTP/1.1, Streamed, Transfer-Encoding",
    "GET·/·HTTP/1.1, UntilClose, Transfer-Encoding",
    "GET·/·HTTP/1.1, Length, Content-Length",
    "GET·/·HTTP/1.1, None, Content-Length",
    "GET·/·HTTP/1.0, Length, Content-Length",
    "GET·/·HTTP/1.0, Streamed,",
    "GET·/·HTTP/1.0, UntilClose,",
    "HEAD·/·HTTP/1.1, None,",
  })
  void aBodyIsFramedAnewForHttp1(String line, String framing, String field) {
    Framing read =
        switch (framing) {
          case "Streamed" -> new Framing.Streamed();
          case "UntilClose" -> new Framing.UntilClose();
          case "Length" -> new Framing.Length(5);
          default -> new Framing.None();
        };
    Fields told = to(line, NOTHING).http1(response(200, read), false).fields();
    assertThat(told.stream().map(Field::name).filter(name -> !name.equals("Date")))
        .isEqualTo(field == null ? List.of() : List.of(field));
  }

  @Test
  void aLengthThatDescribesStaysForHead() {
    Response response = response(200, new Framing.None(), "Content-Length", "5", "Date", "x");
    assertThat(to("HEAD·/·HTTP/1.1", NOTHING).http1(response, false).fields())
        .isEqualTo(fields("Content-Length", "5", "Date", "x"));
  }

  @Test
  void theLastResponseSaysSo() {
    Response response = response(204, new Framing.None(), "Date", "x");
    assertThat(to("GET·/·HTTP/1.0", NOTHING).http1(response, true).fields())
        .isEqualTo(fields("Date", "x", "Connection", "close"));
  }

  @Test
  void http2KnowsNoCoding() {
    ClientResponse client = to("GET·/·HTTP/1.1", STAMP);
    assertThat(client.http2(response(200, new Framing.Streamed(), "X-Aa", "Bb")))
        .isEqualTo(
            new Http2Response(200, fields("X-Aa", "Bb", "Date", TODAY, "X-Request-Id", "id")));
    assertThat(client.http2(response(200, new Framing.Length(5), "Date", "x")).fields())
        .isEqualTo(fields("Date", "x", "X-Request-Id", "id", "Content-Length", "5"));
  }

  @Test
  void interimResponsesAreNotForHttp10() {
    ResponseVerdict.Interim hints = new ResponseVerdict.Interim(103, fields("Link", "</a>"));
    assertThat(to("GET·/·HTTP/1.0", STAMP).http1(hints)).isEmpty();
    assertThat(to("GET·/·HTTP/1.1", STAMP).http1(hints))
        .contains(
            new Head<>(new StatusLine(HttpVersion.HTTP_1_1, 103, ""), fields("Link", "</a>")));
  }

  @Test
  void interimResponsesAreForHttp2() {
    ResponseVerdict.Interim hints = new ResponseVerdict.Interim(103, fields("Link", "</a>"));
    assertThat(to("GET·/·HTTP/1.1", STAMP).http2(hints))
        .isEqualTo(new Http2Response(103, fields("Link", "</a>")));
  }

  @Test
  void aStampAddsWhatIsMissingAlone() {
    assertThat(NOTHING.missingIn(Fields.NONE)).isEqualTo(fields("Date", TODAY));
    assertThat(STAMP.missingIn(fields("date", "x"))).isEqualTo(fields("X-Request-Id", "id"));
    assertThat(STAMP.missingIn(fields("date", "x", "x-request-id", "y"))).isEqualTo(Fields.NONE);
  }

  @Test
  void aSwitchIsWrittenAnew() {
    Head<StatusLine> head =
        to("GET·/·HTTP/1.1", STAMP).http1(new ResponseVerdict.Switching(fields("Sec-A", "b")));
    assertThat(head.start().status()).isEqualTo(101);
    assertThat(head.fields())
        .isEqualTo(fields("Sec-A", "b", "Connection", "Upgrade", "Upgrade", "websocket"));
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-06T08:49:37Z, 'Fri, 06 Nov 2026 08:49:37 GMT'",
    "1994-11-16T08:09:07Z, 'Wed, 16 Nov 1994 08:09:07 GMT'",
  })
  void aDateHasTwoDigitsForEachPart(Instant instant, String text) {
    assertThat(HttpDate.of(instant)).isEqualTo(text);
  }
}
