package dev.gatehouse.tracker.http.answer;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.LeakGuard;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(LeakGuard.class)
class HttpAnswerTest {

  @Test
  void anAnswerSaysWhatAndHowLongItIs() {
    assertThat(encode(new HttpAnswer(HttpStatus.OK, ContentType.TEXT, false, false, false), "de"))
        .isEqualTo(
            """
            HTTP/1.1 200 OK\r
            Content-Type: text/plain; charset=utf-8\r
            Content-Length: 2\r
            \r
            de""");
  }

  @ParameterizedTest
  @CsvSource({
    "true, false, close",
    "true, true, close",
    "false, true, keep-alive",
  })
  void aClientIsToldWhetherTheConnectionGoesOn(boolean last, boolean old, String option) {
    assertThat(encode(new HttpAnswer(HttpStatus.OK, ContentType.TEXT, last, old, false), ""))
        .endsWith("Content-Length: 0\r\nConnection: " + option + "\r\n\r\n");
  }

  @Test
  void anAnswerToHeadSaysHowLongItWouldBe() {
    assertThat(encode(new HttpAnswer(HttpStatus.OK, ContentType.JSON, false, false, true), "{}"))
        .endsWith("Content-Type: application/json\r\nContent-Length: 2\r\n\r\n");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 9, 10, 11, 99, 100, 101, 12_345, 999_999, 1_000_000})
  void lengthsAreWrittenInDecimal(int length) {
    assertThat(
            encode(
                new HttpAnswer(HttpStatus.OK, ContentType.HTML, false, false, true),
                "x".repeat(length)))
        .contains("Content-Length: " + length + "\r\n");
  }

  @ParameterizedTest
  @EnumSource
  void everyStatusHasItsNumberInItsLine(HttpStatus status) {
    assertThat(new String(status.line(), ISO_8859_1))
        .startsWith("HTTP/1.1 " + status.label() + " ")
        .endsWith("\r\n");
  }

  @Test
  void whoUsesAnotherMethodIsToldWhichThereAre() {
    assertThat(new String(HttpStatus.METHOD_NOT_ALLOWED.line(), ISO_8859_1))
        .endsWith("\r\nAllow: GET, HEAD\r\n");
  }

  private static String encode(HttpAnswer answer, String body) {
    ByteBuf content = Unpooled.copiedBuffer(body, ISO_8859_1);
    ByteBuf out = answer.encode(ByteBufAllocator.DEFAULT, content);
    assertThat(content.readableBytes()).isEqualTo(body.length());
    String text = out.toString(ISO_8859_1);
    out.release();
    return text;
  }
}
