package dev.gatehouse.proxy.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.wire.http.Fields;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WebSocketKeyTest {

  /** The example of RFC 6455 section 1.3. */
  private static final WebSocketKey KEY = new WebSocketKey("dGhlIHNhbXBsZSBub25jZQ==");

  private static Fields answer(String text) {
    return Fields.NONE.with("sec-websocket-accept", text);
  }

  @Test
  void theAnswerOfTheStandardIsAnAnswer() {
    assertThat(KEY.isAnsweredBy(answer("s3pPLMBiTxaQ9kYGzzhZRbK+xOo="))).isTrue();
  }

  @Test
  void anythingElseIsNone() {
    assertThat(KEY.isAnsweredBy(Fields.NONE)).isFalse();
    assertThat(KEY.isAnsweredBy(answer(KEY.text()))).isFalse();
    Fields twice =
        answer("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=")
            .with("Sec-WebSocket-Accept", "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
    assertThat(KEY.isAnsweredBy(twice)).isFalse();
  }

  @Test
  void eachIsSixteenBytesOfItsOwn() {
    Random random = new Random(1);
    WebSocketKey one = WebSocketKey.random(random);
    assertThat(Base64.getDecoder().decode(one.text())).hasSize(16);
    assertThat(WebSocketKey.random(random)).isNotEqualTo(one);
  }
}
