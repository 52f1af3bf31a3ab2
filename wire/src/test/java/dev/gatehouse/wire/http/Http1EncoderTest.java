package dev.gatehouse.wire.http;

import static dev.gatehouse.wire.http.Texts.bytes;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.wire.Decoded.Complete;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Random;
import org.junit.jupiter.api.Test;

class Http1EncoderTest {

  private static final String TOKEN = "aZ09!#$%&'*+-.^_`|~";
  private static final String VALUE = "aZ09 \t;,=\"\\:\u00e4\u00ff";
  private static final String TARGET = "aZ09/?%.:@*\\[]\"<>";

  @Test
  void writesARequest() {
    ByteBuf out = Unpooled.buffer();
    Http1Encoder.writeRequest(
        out,
        new Head<>(
            new RequestLine("GET", "/a", HttpVersion.HTTP_1_1),
            Fields.NONE.with("Host", "a").with("E", "")));
    assertThat(out).isEqualTo(bytes("GET·/a·HTTP/1.1$Host:·a$E:·$$"));
  }

  @Test
  void whatIsWrittenIsReadAgain() {
    Random random = new Random(11);
    for (int i = 0; i < 2000; i++) {
      Head<RequestLine> head =
          new Head<>(
              new RequestLine(
                  text(random, TOKEN, 1), text(random, TARGET, 1), HttpVersion.HTTP_1_1),
              fields(random));
      ByteBuf out = Unpooled.buffer();
      Http1Encoder.writeRequest(out, head);
      assertThat(Texts.request(out)).as("round %d", i).isEqualTo(new Complete<>(head));
      assertThat(out.isReadable()).isFalse();
    }
  }

  @Test
  void aResponseIsReadAgain() {
    Head<StatusLine> head =
        new Head<>(
            new StatusLine(HttpVersion.HTTP_1_1, 404, "Not Found"),
            Fields.NONE.with("Set-Cookie", "a=1").with("Set-Cookie", "b=2"));
    ByteBuf out = Unpooled.buffer();
    Http1Encoder.writeResponse(out, head);
    assertThat(Texts.response(out)).isEqualTo(new Complete<>(head));
  }

  @Test
  void anEmptyChunkIsNotWrittenForItWouldBeTheLast() {
    ByteBuf out = Unpooled.buffer();
    Http1Encoder.writeChunk(out, Unpooled.EMPTY_BUFFER);
    assertThat(out.isReadable()).isFalse();
    Http1Encoder.writeChunk(out, Unpooled.copiedBuffer("0123456789", ISO_8859_1));
    Http1Encoder.writeLastChunk(out, Fields.NONE.with("X-Checksum", "1"));
    assertThat(out).isEqualTo(bytes("a$0123456789$0$X-Checksum:·1$$"));
  }

  @Test
  void aTargetThatBreaksOutOfItsLineCannotBeMade() {
    assertThatThrownBy(() -> new RequestLine("GET", "/ HTTP/1.1\r\nX: y", HttpVersion.HTTP_1_1))
        .hasMessageContaining("without blanks or controls");
    assertThatThrownBy(() -> new RequestLine("GET /", "/", HttpVersion.HTTP_1_1))
        .hasMessageContaining("a token");
  }

  private static Fields fields(Random random) {
    Fields fields = Fields.NONE;
    for (int count = random.nextInt(5); count > 0; count--) {
      fields = fields.with(text(random, TOKEN, 1), Grammar.trim(text(random, VALUE, 0)));
    }
    return fields;
  }

  private static String text(Random random, String alphabet, int minLength) {
    StringBuilder text = new StringBuilder();
    for (int length = minLength + random.nextInt(12); length > 0; length--) {
      text.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    return text.toString();
  }
}
