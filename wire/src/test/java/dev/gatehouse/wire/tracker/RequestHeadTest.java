package dev.gatehouse.wire.tracker;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.wire.Bytes;
import dev.gatehouse.wire.tracker.RequestHead.Outcome;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestHeadTest {

  private static final int MAX = 512;
  private static final String WHOLE =
      "GET /announce?info_hash=%aa&x=1 HTTP/1.1\r\nHost: ::1:18080\r\nUser-Agent:\r\n\r\n";

  private final RequestHead head = new RequestHead(MAX);

  @Test
  void aHeadIsReadAndWhatFollowsStays() {
    ByteBuf in = bytes(WHOLE + "GET /");
    assertThat(head.read(in, 0)).isEqualTo(Outcome.COMPLETE);
    assertThat(in.readableBytes()).isEqualTo(5);
    assertThat(head.isMethod("GET")).isTrue();
    assertThat(head.isMethod("get")).isFalse();
    assertThat(head.isPath("/announce")).isTrue();
    assertThat(head.path()).isEqualTo("/announce");
    assertThat(head.query().get("x")).contains(Bytes.utf8("1"));
    assertThat(head.isVersionZero()).isFalse();
    assertThat(head.field("host")).contains("::1:18080");
    assertThat(head.field("user-agent")).contains("");
    assertThat(head.field("accept")).isEmpty();
  }

  @Test
  void everyProperPrefixIsIncompleteAndConsumesNothing() {
    int searched = 0;
    for (int length = 0; length < WHOLE.length(); length++) {
      ByteBuf in = bytes(WHOLE.substring(0, length));
      assertThat(head.read(in, searched)).as("%d bytes", length).isEqualTo(Outcome.INCOMPLETE);
      assertThat(in.readerIndex()).isZero();
      searched = RequestHead.resume(in);
    }
    assertThat(head.read(bytes(WHOLE), searched)).isEqualTo(Outcome.COMPLETE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\r\n\r\n",
        "GET\r\n\r\n",
        "GET /\r\n\r\n",
        "GET  / HTTP/1.1\r\n\r\n",
        "GET / HTTP/1.2\r\n\r\n",
        "GET / HTTP/2.0\r\n\r\n",
        "GET / http/1.1\r\n\r\n",
        "G(T / HTTP/1.1\r\n\r\n",
        " GET / HTTP/1.1\r\n\r\n",
        "GET /\t HTTP/1.1\r\n\r\n",
        "GET /\u007f HTTP/1.1\r\n\r\n",
        "GET / HTTP/1.1\n\r\n",
        "GET / HTTP/1.1\nA: b\n\r\n\r\n",
        "GET / HTTP/1.1\r\nA\r\n\r\n",
        "GET / HTTP/1.1\r\nA : b\r\n\r\n",
        "GET / HTTP/1.1\r\n: b\r\n\r\n",
        "GET / HTTP/1.1\r\n A: b\r\n\r\n",
        "GET / HTTP/1.1\r\nA: b\r\n c\r\n\r\n",
        "GET / HTTP/1.1\r\nA: b\u0000\r\n\r\n",
        "GET / HTTP/1.1\r\nA: b\rc\r\n\r\n",
        "GET / HTTP/1.1\r\nA: b\nB: c\r\n\r\n",
        "GET / HTTP/1.1\r\n\u00e4: b\r\n\r\n",
      })
  void refuses(String hostile) {
    ByteBuf in = bytes(hostile);
    assertThat(head.read(in, 0)).isEqualTo(Outcome.MALFORMED);
    assertThat(in.readerIndex()).isZero();
  }

  @Test
  void anyByteBeyondTheBlankMayStandInATarget() {
    StringBuilder raw = new StringBuilder();
    for (char octet = '!'; octet <= 0xff; octet++) {
      if (octet != 0x7f && "%&+=?".indexOf(octet) < 0) {
        raw.append(octet);
      }
    }
    assertThat(head.read(bytes("GET /announce?x=" + raw + " HTTP/1.0\r\n\r\n"), 0))
        .isEqualTo(Outcome.COMPLETE);
    assertThat(head.query().get("x")).contains(Bytes.of(raw.toString().getBytes(ISO_8859_1)));
    assertThat(head.isVersionZero()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "/a/b?c, /a/b",
    "http://tracker.example:80/a?b, /a",
    "https://tracker.example/a, /a",
    "http://tracker.example, ''",
    "*, *",
    "tracker.example:443, tracker.example:443",
    "/a://b/c, /a://b/c",
  })
  void thePathIsFoundInEveryFormOfTarget(String target, String path) {
    assertThat(head.read(bytes("GET " + target + " HTTP/1.1\r\n\r\n"), 0))
        .isEqualTo(Outcome.COMPLETE);
    assertThat(head.path()).isEqualTo(path);
  }

  @Test
  void fieldsAreFoundInAnyCaseAndKeepTheirOrder() {
    String fields = "X-Forwarded-For: 1\r\nx-forwarded-for:\t2 \r\nX-FORWARDED-FORE: 3\r\n";
    assertThat(head.read(bytes("GET / HTTP/1.1\r\n" + fields + "\r\n"), 0))
        .isEqualTo(Outcome.COMPLETE);
    assertThat(head.values("x-forwarded-for")).containsExactly("1", "2");
    assertThat(head.values("via")).isEmpty();
  }

  @Test
  void aHeadMayBeAsLongAsItsLimit() {
    String start = "GET / HTTP/1.1\r\nA: ";
    String fits = start + "b".repeat(MAX - start.length() - 4) + "\r\n\r\n";
    assertThat(head.read(bytes(fits), 0)).isEqualTo(Outcome.COMPLETE);
    assertThat(head.read(bytes(start + "b" + fits.substring(start.length())), 0))
        .isEqualTo(Outcome.TOO_LARGE);
    assertThat(head.read(bytes(fits.substring(0, MAX - 1)), 0)).isEqualTo(Outcome.INCOMPLETE);
    assertThat(head.read(bytes("a".repeat(MAX)), 0)).isEqualTo(Outcome.TOO_LARGE);
  }

  @Test
  void aHeadMayHaveAsManyFieldsAsItsLimit() {
    String fields = "A:\r\n".repeat(RequestHead.MAX_FIELDS);
    assertThat(head.read(bytes("GET / HTTP/1.1\r\n" + fields + "\r\n"), 0))
        .isEqualTo(Outcome.COMPLETE);
    assertThat(head.read(bytes("GET / HTTP/1.1\r\nA:\r\n" + fields + "\r\n"), 0))
        .isEqualTo(Outcome.TOO_LARGE);
  }

  @Test
  void aCopyOutlivesTheNextRequest() {
    assertThat(head.read(bytes(WHOLE), 0)).isEqualTo(Outcome.COMPLETE);
    RequestHead copy = head.copy();
    assertThat(head.read(bytes("HEAD /x HTTP/1.0\r\n\r\n"), 0)).isEqualTo(Outcome.COMPLETE);
    assertThat(copy.isMethod("GET")).isTrue();
    assertThat(copy.path()).isEqualTo("/announce");
    assertThat(copy.field("host")).contains("::1:18080");
    assertThat(copy.query().get("x")).contains(Bytes.utf8("1"));
    assertThat(copy.isVersionZero()).isFalse();
  }

  private static ByteBuf bytes(String text) {
    return Unpooled.wrappedBuffer(text.getBytes(ISO_8859_1));
  }
}
